import type { CollectResponse } from './request.ts'
import type { Resource } from './resource.ts'

/** What an answer leaves on the device: nothing where `validator` is null, else that and no more. */
export interface Trace {
  readonly validator: string | null
  /** The ETag of an answer that leaves nothing: never asked about again, since nobody keeps it. */
  readonly random: string
}

/** The answer to all that asks for a resource, whatever came of it. */
export function answer({ content }: Resource, { validator, random }: Trace): CollectResponse {
  if (content === null) return NO_CONTENT
  return {
    status: 200,
    headers: [
      'Content-Type',
      content.type,
      'Content-Length',
      content.length,
      'Cache-Control',
      validator === null ? 'no-cache, no-store, must-revalidate' : 'private, no-cache',
      'ETag',
      `"${validator ?? random}"`,
      'Access-Control-Allow-Origin',
      '*',
      'Cross-Origin-Resource-Policy',
      'cross-origin',
      'X-Content-Type-Options',
      'nosniff',
    ],
    body: content.body,
  }
}

const NO_CONTENT: CollectResponse = {
  status: 204,
  headers: ['Cache-Control', 'no-store', 'Access-Control-Allow-Origin', '*'],
  body: '',
}

/** The same answer for a hit that is not known to be kept. */
export function unavailable(answer: CollectResponse): CollectResponse {
  return { ...answer, status: 503 }
}

/** Lets browsers send reports of the Reporting API, which ask first (Fetch, section 3.3). */
const PREFLIGHT: CollectResponse = {
  status: 204,
  headers: [
    'Cache-Control',
    'no-store',
    'Access-Control-Allow-Origin',
    '*',
    'Access-Control-Allow-Methods',
    'POST',
    'Access-Control-Allow-Headers',
    'Content-Type',
    'Access-Control-Max-Age',
    '86400',
  ],
  body: '',
}

/** The answer to a body that is too long. Closes, so that the rest of it has not to be read. */
export const TOO_LARGE: CollectResponse = {
  status: 413,
  headers: ['Content-Length', '0', 'Cache-Control', 'no-store', 'Connection', 'close'],
  body: '',
}

/** The answer when the collector has a bug. */
export const MISTAKE: CollectResponse = {
  status: 500,
  headers: ['Content-Length', '0', 'Cache-Control', 'no-store'],
  body: '',
}

/** The answer to every method that counts nothing; null for one that does, and for HEAD. */
export function answerMethod({ report }: Resource, method: string): CollectResponse | null {
  if (report === null) return method === 'GET' || method === 'HEAD' ? null : notAllowed('GET, HEAD')
  if (method === 'POST') return null
  if (report === 'ping') return notAllowed('POST')
  return method === 'OPTIONS' ? PREFLIGHT : notAllowed('POST, OPTIONS')
}

/** Closes, so that no body has to be read. */
function notAllowed(methods: string): CollectResponse {
  return {
    status: 405,
    headers: ['Allow', methods, 'Content-Length', '0', 'Cache-Control', 'no-store', 'Connection', 'close'],
    body: '',
  }
}
