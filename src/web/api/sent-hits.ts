import { z } from '@hono/zod-openapi'
import { LIMITS } from '../../limits.ts'

const header = (example: string) => z.string().max(2_048).openapi({ example }).optional()

/** Request headers of the page that say by what kind of browser it was asked for, and what for. */
const HEADERS = z
  .strictObject({
    'user-agent': header('Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0'),
    'accept-language': header('de-AT,de;q=0.9'),
    'sec-ch-ua': header('"Chromium";v="142", "Not:A-Brand";v="99"'),
    'sec-ch-ua-mobile': header('?0'),
    'sec-ch-ua-platform': header('"Linux"'),
    'sec-purpose': header('prefetch'),
    purpose: header('prefetch'),
    'x-purpose': header('preview'),
    'x-moz': header('prefetch'),
    dnt: header('1'),
    'sec-gpc': header('1'),
  })
  .openapi({ description: 'Headers of the page’s request, as the browser sent them. Others are refused.' })

/** One hit that a server counts for its reader. */
const SENT_HIT = z
  .strictObject({
    site: z.string().min(1).max(255).openapi({ description: 'Host name', example: 'blog.example.org' }),
    path: z
      .string()
      .regex(/^\//)
      .max(8_192)
      .openapi({
        description: 'The page’s path, as in its URL. Of its query only utm_*, ref, source and via are read.',
        example: '/posts/hello?utm_source=newsletter',
      })
      .optional(),
    referrer: z
      .string()
      .max(8_192)
      .openapi({
        description: 'Where the reader came from: the Referer of the page’s request',
        example: 'https://news.example/item?id=1',
      })
      .optional(),
    time: z.iso
      .datetime({ offset: true })
      .openapi({
        description: `When it happened; at most ${LIMITS.sentHoursMax} hours ago. Absent, or to come: now`,
        example: '2026-11-23T08:15:02Z',
      })
      .optional(),
    event: z
      .string()
      .regex(/^[\w.-]+$/)
      .max(LIMITS.eventNameBytesMax)
      .openapi({
        description: 'Name of an event. Absent: a page view',
        example: 'signup',
      })
      .optional(),
    target: z
      .string()
      .max(8_192)
      .openapi({
        description: 'Where the event led; of it host and path are kept',
        example: 'https://example.net/',
      })
      .optional(),
    address: z
      .union([z.ipv4().openapi({ format: 'ipv4' }), z.ipv6().openapi({ format: 'ipv6' })], {
        error: 'expected an IPv4 or IPv6 address',
      })
      .openapi({
        description: 'The reader’s address: used in memory, for country and flood control, and never kept',
        example: '192.0.2.1',
      })
      .optional(),
    headers: HEADERS.optional(),
  })
  .openapi('SentHit')

/** A hit as a server sends it. */
export type SentHit = z.infer<typeof SENT_HIT>

/** Body of `POST /api/v1/hits`. */
export const SENT_HITS = z
  .strictObject({ hits: z.array(SENT_HIT).min(1).max(LIMITS.sentHitsMax) })
  .openapi('SentHits')

/** What became of a sent hit at the door: it is durable, was not kept for a reason, or could not be made durable. */
export type Fate = 'kept' | 'malformed' | 'unknown-site' | 'flood' | 'failed'

/** Answer of `POST /api/v1/hits`. */
export const COUNTED = z
  .strictObject({
    received: z.int(),
    kept: z
      .int()
      .openapi({ description: 'Durable. Reports judge them as all hits: bots are not page views.' }),
    refused: z.array(
      z.strictObject({
        index: z.int().openapi({ description: 'Place in "hits", from 0' }),
        verdict: z.enum(['malformed', 'unknown-site', 'flood']),
      }),
    ),
  })
  .openapi('Counted')
