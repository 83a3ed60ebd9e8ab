import assert from 'node:assert/strict'
import { AGENT_CASES } from '../../user-agents.ts'

/** A request for a counting resource. */
export interface CountingRequest {
  /** Behind the site's name: `/c.css?p=/`. */
  readonly resource: string
  readonly headers: Readonly<Record<string, string>>
  /** Of a POST. */
  readonly body?: string
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const page = {
  'user-agent': FIREFOX,
  accept: 'text/css,*/*;q=0.1',
  'accept-language': 'pl-PL,pl;q=0.8,en;q=0.5',
}

/**
 * One of each kind that is kept: what a site has of readers, bots, prefetches and opt-outs. No "+" in a query: AWS hands
 * it on as it came, and the emulator writes it anew.
 */
const KINDS: readonly CountingRequest[] = [
  { resource: '/c.css?p=/', headers: page },
  { resource: '/c.css?p=%2F2026%2Fa%20post%2F', headers: page },
  { resource: '/c.css?p=/a-b/&r=https%3A%2F%2Fnews.example%2Fitem', headers: page },
  {
    resource: '/c.css',
    headers: { ...page, referer: 'https://blog.example.org/about?utm_source=mail&utm_campaign=june' },
  },
  {
    resource: '/c.css',
    headers: { ...page, referer: 'https://blog.example.org/', 'sec-fetch-site': 'cross-site' },
  },
  { resource: '/c.gif?p=/mail', headers: page },
  { resource: '/c.png?p=/mail', headers: page },
  { resource: '/c.svg?p=/%C5%BC%C3%B3%C5%82w', headers: page },
  { resource: '/c.js?p=/script', headers: page },
  { resource: '/c.txt?p=/text', headers: page },
  { resource: '/c.css?p=/gpc', headers: { ...page, 'sec-gpc': '1' } },
  { resource: '/c.css?p=/dnt', headers: { ...page, dnt: '1' } },
  { resource: '/c.css?p=/prefetch', headers: { ...page, 'sec-purpose': 'prefetch' } },
  { resource: '/c.css?p=/prerender', headers: { ...page, 'sec-purpose': 'prefetch;prerender' } },
  {
    resource: '/c.css?p=/spam',
    headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
  },
  { resource: '/c.css?p=/none', headers: {} },
  { resource: '/n.css?p=/', headers: page },
  { resource: '/w/m.svg?p=/', headers: page },
  { resource: '/e/end.svg?p=/', headers: page },
  { resource: '/e/outbound.svg?p=/&t=https%3A%2F%2Felse.example%2Ffile.zip', headers: page },
  {
    resource: '/c.css?p=/hints',
    headers: {
      ...page,
      'sec-ch-ua': '"Chromium";v="142", "Brave";v="142", "Not:A-Brand";v="99"',
      'sec-ch-ua-mobile': '?1',
      'sec-ch-ua-platform': '"Android"',
    },
  },
]

/** What browsers post. */
const POSTED: readonly CountingRequest[] = [
  {
    resource: '/ping?p=/',
    headers: {
      ...page,
      'content-type': 'text/ping',
      origin: 'https://blog.example.org',
      'ping-to': 'https://else.example/there?secret',
    },
    body: 'PING',
  },
  {
    resource: '/csp',
    headers: { ...page, 'content-type': 'application/csp-report' },
    body: JSON.stringify({
      'csp-report': {
        'document-uri': 'https://blog.example.org/linked',
        referrer: 'https://search.example/find?q=secret',
        'blocked-uri': 'data',
      },
    }),
  },
]

const BROWSERS = AGENT_CASES.filter((_, index) => index % 8 === 0).slice(0, 24)

/** What is sent to both homes of a collector. */
export const REQUESTS: readonly CountingRequest[] = [
  ...KINDS,
  ...POSTED,
  ...BROWSERS.map(({ userAgent }, index) => ({
    resource: `/c.css?p=/page/${index % 5}`,
    headers: { ...page, 'user-agent': userAgent },
  })),
]

/** Sends a request, and returns the status and the validator of its answer. */
export type Send = (request: CountingRequest) => Promise<{ readonly status: number; readonly etag: string }>

/** Sends them all, then reads three pages as a browser that keeps what it got. */
export async function sendAll(requests: readonly CountingRequest[], send: Send): Promise<void> {
  for (const request of requests)
    assert.equal((await send(request)).status, request.body === undefined ? 200 : 204, request.resource)
  const validators: string[] = []
  for (const resource of ['/v.css?p=/1', '/v.css?p=/2', '/v.css?p=/3']) {
    const kept = validators.at(-1)
    const headers = kept === undefined ? page : { ...page, 'if-none-match': kept }
    validators.push((await send({ resource, headers })).etag)
  }
  assert.deepEqual(
    validators.map((validator) => /^"[\d-]{10}\.(\d)"$/.exec(validator)?.[1]),
    ['1', '2', '3'],
  )
}
