import { decodeQueryText, fromWire } from '../escapes.ts'
import type { Kind, RawHit } from '../hit.ts'
import { LIMITS } from '../limits.ts'
import type { Sites } from '../site.ts'
import { parseHost } from '../site.ts'
import type { Stems } from '../stems.ts'
import { remembered } from './remembered.ts'

/** What a resource's answer holds. */
export interface Content {
  readonly type: string
  readonly body: string | Uint8Array
  readonly length: string
}

/** What can be asked for. */
export interface Resource {
  readonly kind: Kind
  /** null where browsers send something by POST and get nothing back. */
  readonly content: Content | null
  /** What is sent by POST: the ping of a link, or the report of a Content-Security-Policy. */
  readonly report: 'ping' | 'csp' | null
  /** Whether the answer carries the view number. */
  readonly numbered: boolean
  readonly window: RawHit['window']
  /** Whether a number is shown in place of the empty picture, where there is somebody to ask for it. */
  readonly badge: boolean
  /** Name of an event; null where there is none, or what stands there is no name. */
  readonly event: string | null
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

/** By the ending of the resource's name. */
const CONTENTS = {
  css: content('text/css', ''),
  js: content('text/javascript', ''),
  gif: content('image/gif', GIF),
  png: content('image/png', PNG),
  svg: content('image/svg+xml', SVG),
  txt: content('text/plain', ''),
}

function content(type: string, body: string | Uint8Array): Content {
  return { type, body, length: String(Buffer.byteLength(body)) }
}

const VIEW: Resource = {
  kind: 'view',
  content: CONTENTS.css,
  report: null,
  numbered: false,
  window: null,
  badge: false,
  event: null,
}
const NUMBERED: Resource = { ...VIEW, numbered: true }
const EVENT: Resource = { ...VIEW, kind: 'event' }
const WINDOWS = ['s', 'm', 'l'] as const

/** The closed table of resources, by path; events stand beside it, since their names are the owner's. */
function resourceTable(stems: Stems): ReadonlyMap<string, Resource> {
  return new Map<string, Resource>([
    ...Object.entries(CONTENTS).map(
      ([ending, content]) => [`/${stems.view}.${ending}`, { ...VIEW, content }] as const,
    ),
    [`/${stems.visitor}.css`, NUMBERED],
    [`/${stems.visitor}.svg`, { ...NUMBERED, content: CONTENTS.svg }],
    [`/${stems.number}.css`, { ...NUMBERED, kind: 'number' }],
    ...WINDOWS.map(
      (window) =>
        [
          `/${stems.window}/${window}.svg`,
          { ...VIEW, kind: 'window', content: CONTENTS.svg, window },
        ] as const,
    ),
    [`/${stems.badge}.svg`, { ...VIEW, content: CONTENTS.svg, badge: true }],
    [`/${stems.badge}.json`, { ...VIEW, content: CONTENTS.txt, badge: true }],
    [`/${stems.ping}`, { ...EVENT, content: null, report: 'ping' }],
    [`/${stems.csp}`, { ...VIEW, kind: 'referral', content: null, report: 'csp' }],
  ])
}

/**
 * Finds the resource that a request target asks for: `/c.css`, or `/{site}/c.css` where the first segment is
 * a site, or a host name that could be one. null for every other target: it is not the collector's.
 */
export function createRoutes(stems: Stems, sites: Sites): (target: string) => Call | null {
  const table = resourceTable(stems)
  const events = `/${stems.event}/`
  const find = (path: string) =>
    table.get(path) ?? (path.startsWith(events) ? findEvent(path.slice(events.length)) : null)
  const hostOf = remembered((segment) => {
    const host = parseHost(decodeQueryText(fromWire(segment)))
    return host !== null && (couldBeSite(host) || (!sites.open && sites.siteOf(host) !== null)) ? host : null
  })
  return (target) => {
    const mark = target.indexOf('?')
    const path = mark < 0 ? target : target.slice(0, mark)
    const query = mark < 0 ? '' : target.slice(mark + 1)
    const plain = find(path)
    if (plain !== null) return counts(plain, query) ? { resource: plain, host: null, query } : null
    const slash = path.indexOf('/', 1)
    const resource = slash < 0 ? null : find(path.slice(slash))
    const host = resource === null ? null : hostOf(path.slice(1, slash))
    return resource === null || host === null || !counts(resource, query) ? null : { resource, host, query }
  }
}

/** A badge only shows, unless its address says `?count`. */
function counts({ badge }: Resource, query: string): boolean {
  return !badge || /(?:^|&)count(?:[=&]|$)/.test(query)
}

const EVENT_FILE = /^(.*)\.(css|svg)$/s
const EVENT_NAME = /^[\w.-]+$/

function findEvent(file: string): Resource | null {
  const [, name = '', ending] = EVENT_FILE.exec(file) ?? []
  if (ending === undefined) return null
  const event = EVENT_NAME.test(name) && name.length <= LIMITS.eventNameBytesMax ? name : null
  return { ...EVENT, content: ending === 'svg' ? CONTENTS.svg : CONTENTS.css, event }
}

/** A name with a dot, so that none of the server's own words is ever one. */
function couldBeSite(host: string): boolean {
  return host.includes('.') || host.startsWith('[') || host === 'localhost'
}
