import { decodeQueryText, fromWire } from '../escapes.ts'
import type { Kind } from '../hit.ts'
import type { Sites } from '../site.ts'
import { parseHost } from '../site.ts'
import type { Stems } from '../stems.ts'
import type { CollectResponse } from './request.ts'
import { remembered } from './remembered.ts'

/** What can be asked for. */
export interface Resource {
  readonly kind: Kind
  readonly type: string
  readonly body: string | Uint8Array
  readonly length: string
}

/** A request that is for the collector. */
export interface Call {
  readonly resource: Resource
  /** Host that the path names, as `parseHost` gives it. */
  readonly host: string | null
  /** Without "?"; empty where there is none. */
  readonly query: string
}

/** Transparent pictures of one pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

const VIEW_BODIES: readonly (readonly [ending: string, type: string, body: string | Uint8Array])[] = [
  ['css', 'text/css', ''],
  ['js', 'text/javascript', ''],
  ['gif', 'image/gif', GIF],
  ['png', 'image/png', PNG],
  ['svg', 'image/svg+xml', SVG],
  ['txt', 'text/plain', ''],
]

/** The closed table of resources, by path. */
function resourceTable(viewStem: string): ReadonlyMap<string, Resource> {
  return new Map(
    VIEW_BODIES.map(([ending, type, body]) => {
      const length = String(Buffer.byteLength(body))
      return [`/${viewStem}.${ending}`, { kind: 'view', type, body, length }]
    }),
  )
}

/**
 * Finds the resource that a request target asks for: `/c.css`, or `/{site}/c.css` where the first segment is
 * a site, or a host name that could be one. null for every other target: it is not the collector's.
 */
export function createRoutes(stems: Stems, sites: Sites): (target: string) => Call | null {
  const table = resourceTable(stems.view)
  const hostOf = remembered((segment) => {
    const host = parseHost(decodeQueryText(fromWire(segment)))
    return host !== null && (couldBeSite(host) || (!sites.open && sites.siteOf(host) !== null)) ? host : null
  })
  return (target) => {
    const mark = target.indexOf('?')
    const path = mark < 0 ? target : target.slice(0, mark)
    const query = mark < 0 ? '' : target.slice(mark + 1)
    const plain = table.get(path)
    if (plain !== undefined) return { resource: plain, host: null, query }
    const slash = path.indexOf('/', 1)
    const resource = slash < 0 ? undefined : table.get(path.slice(slash))
    const host = resource === undefined ? null : hostOf(path.slice(1, slash))
    return resource === undefined || host === null ? null : { resource, host, query }
  }
}

/** A name with a dot, so that none of the server's own words is ever one. */
function couldBeSite(host: string): boolean {
  return host.includes('.') || host.startsWith('[') || host === 'localhost'
}

/** The answer to all that asks for a resource, whatever came of it: nothing of it stays on the device. */
export function answer(resource: Resource, random: string, status = 200): CollectResponse {
  return {
    status,
    headers: [
      'Content-Type',
      resource.type,
      'Content-Length',
      resource.length,
      'Cache-Control',
      'no-cache, no-store, must-revalidate',
      'ETag',
      `"${random}"`,
      'Access-Control-Allow-Origin',
      '*',
      'Cross-Origin-Resource-Policy',
      'cross-origin',
      'X-Content-Type-Options',
      'nosniff',
    ],
    body: resource.body,
  }
}

/** The same answer for a hit that is not known to be kept. */
export function unavailable(answer: CollectResponse): CollectResponse {
  return { ...answer, status: 503 }
}

/** The answer to every method but GET and HEAD. Closes, so that no body has to be read. */
export const METHOD_NOT_ALLOWED: CollectResponse = {
  status: 405,
  headers: ['Allow', 'GET, HEAD', 'Content-Length', '0', 'Cache-Control', 'no-store', 'Connection', 'close'],
  body: '',
}

/** The answer when the collector has a bug. */
export const MISTAKE: CollectResponse = {
  status: 500,
  headers: ['Content-Length', '0', 'Cache-Control', 'no-store'],
  body: '',
}
