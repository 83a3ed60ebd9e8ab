import type { CollectRules } from '../../collect/rules.ts'
import type { Call } from '../../collect/resource.ts'
import type { Relation } from '../../same-site.ts'
import { relationOf } from '../../same-site.ts'
import type { Load } from './content-policy.ts'
import type { PageElement } from './elements.ts'

/** An element of a page that asks a collector for something. */
export interface FoundTag {
  readonly element: PageElement
  /** Where browsers ask: by https where they would not ask otherwise. */
  readonly url: URL
  readonly relation: Relation
  /** What the collector at that address is asked for, without what stands before it. */
  readonly target: string
  readonly call: Call
  readonly directive: Load['directive']
}

/** The attribute that browsers fetch, and the directive that has to allow it. */
const FETCHED: ReadonlyMap<string, readonly [attribute: string, directive: Load['directive']]> = new Map([
  ['link', ['href', 'style-src']],
  ['img', ['src', 'img-src']],
  ['source', ['srcset', 'img-src']],
  ['a', ['ping', 'connect-src']],
])

/** The tags of a page, in its order. */
export function findTags(
  elements: readonly PageElement[],
  page: URL,
  rules: Pick<CollectRules, 'routeOf'>,
): readonly FoundTag[] {
  const base = elements.find(({ name, attributes }) => name === 'base' && attributes.has('href'))
  const from = URL.parse(base?.attributes.get('href') ?? '', page.href)?.href ?? page.href
  return elements.flatMap((element) => {
    const [attribute, directive] = FETCHED.get(element.name) ?? []
    const address = attribute === undefined ? undefined : element.attributes.get(attribute)
    if (directive === undefined || address === undefined || !isFetched(element)) return []
    const url = URL.parse(address.trim(), from)
    const found = url === null ? null : routeWithin(url, rules)
    if (url === null || found === null) return []
    const asked = upgraded(element, url, page)
    return [{ element, url: asked, relation: relationOf(page, asked), directive, ...found }]
  })
}

/** Whether it is a style sheet, where it is a link. */
function isFetched({ name, attributes }: PageElement): boolean {
  if (name !== 'link') return true
  return (attributes.get('rel') ?? '').toLowerCase().split(/\s+/).includes('stylesheet')
}

/** A page that came by https asks for pictures by https, whatever their address says (Mixed Content, section 4.1). */
function upgraded({ name }: PageElement, url: URL, page: URL): URL {
  if (name === 'link' || page.protocol !== 'https:' || url.protocol !== 'http:') return url
  return new URL(url.href.replace(/^http:/, 'https:'))
}

/** What stands before a resource is the collector's base path, which nobody knows here. */
function routeWithin(
  url: URL,
  { routeOf }: Pick<CollectRules, 'routeOf'>,
): { target: string; call: Call } | null {
  const segments = url.pathname.split('/').slice(1)
  for (let from = Math.max(0, segments.length - SEGMENTS_MAX); from < segments.length; from += 1) {
    const target = `/${segments.slice(from).join('/')}${url.search}`
    const call = routeOf(target)
    if (call !== null) return { target, call }
  }
  return null
}

/** A site, a folder and a file. */
const SEGMENTS_MAX = 3
