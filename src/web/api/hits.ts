import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LIMITS } from '../../limits.ts'
import { problemJson } from '../problems.ts'
import type { Api, ApiWorld } from './world.ts'
import { Batches } from './batches.ts'
import type { Answers } from './problem.ts'
import { answerFaults, BODY_PROBLEMS, PROBLEMS } from './problem.ts'
import type { Fate, SentHit } from './sent-hits.ts'
import { COUNTED, SENT_HITS } from './sent-hits.ts'

const AGE_MAX_MS = LIMITS.sentHoursMax * 3_600_000

const HEADERS = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .openapi({
      description: `The same key and body are counted once within ${LIMITS.sentHoursMax} hours, while the server runs`,
      example: '0199f3c2-7d0e-7b4c-9a39-1f2e3d4c5b6a',
    }),
})

const RESPONSES: Answers = {
  200: { description: 'What became of them', content: { 'application/json': { schema: COUNTED } } },
  ...PROBLEMS,
  ...BODY_PROBLEMS,
}

/** `POST /api/v1/hits`: counts for readers whose browsers were sent no tag. */
export function routeHits(api: Api, { deps, guard }: ApiWorld): void {
  const batches = new Batches(deps.count)
  const route = createRoute({
    method: 'post',
    path: '/api/v1/hits',
    operationId: 'countHits',
    summary: 'Have hits counted',
    description:
      'Counts hits by the rules of the collector. The answer comes when they are durable. When it is 503, send the same ' +
      'body again with the same key: what was counted is not counted again.',
    security: [{ token: ['count'] }],
    middleware: [
      guard('count'),
      bodyLimit({ maxSize: LIMITS.sentBodyBytesMax, onError: answerTooLong }),
    ] as const,
    request: {
      headers: HEADERS,
      body: { required: true, content: { 'application/json': { schema: SENT_HITS } } },
    },
    responses: RESPONSES,
  })
  api.openapi(route, async (context) => {
    const { hits } = context.req.valid('json')
    const key = context.req.valid('header')['idempotency-key']
    const nowMs = deps.now()
    const faults = staleTimes(hits, nowMs)
    if (faults.length > 0) return answerFaults(context, faults)
    const caller = context.get('caller').name
    const fates = key === undefined ? deps.count(hits) : batches.settle(`${caller} ${key}`, hits, nowMs)
    return fates === null ? answerOtherBody(context) : answerFates(context, await fates)
  })
}

function staleTimes(hits: readonly SentHit[], nowMs: number) {
  return hits.flatMap(({ time }, index) => {
    const stale = time !== undefined && Date.parse(time) < nowMs - AGE_MAX_MS
    const detail = `is "${time}", expected at most ${LIMITS.sentHoursMax} hours ago`
    return stale ? [{ pointer: `#/hits/${index}/time`, detail }] : []
  })
}

function answerFates(context: Context, fates: readonly Fate[]): Response {
  const kept = fates.filter((fate) => fate === 'kept').length
  const failed = fates.flatMap((fate, index) => (fate === 'failed' ? [index] : []))
  if (failed.length > 0) return answerFailed(context, failed)
  const refused = fates.flatMap((verdict, index) => (verdict === 'kept' ? [] : [{ index, verdict }]))
  return context.json({ received: fates.length, kept, refused })
}

function answerFailed(context: Context, failed: readonly number[]): Response {
  context.header('Retry-After', '5')
  return problemJson(context, {
    status: 503,
    title: 'Not all hits could be kept',
    detail: 'Send the same body again with the same Idempotency-Key: only those that failed are then counted',
    errors: failed.map((index) => ({ pointer: `#/hits/${index}`, detail: 'could not be made durable' })),
  })
}

function answerOtherBody(context: Context): Response {
  const detail = 'Other hits were sent under this Idempotency-Key. A new batch takes a new key.'
  return problemJson(context, { status: 422, title: 'This key was used', detail })
}

function answerTooLong(context: Context): Response {
  const detail = `The body has more than ${LIMITS.sentBodyBytesMax} bytes. Send fewer hits at once.`
  return problemJson(context, { status: 413, title: 'Too long', detail })
}
