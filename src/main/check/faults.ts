import type { CheckedPage } from './checked-page.ts'
import { forbiddenBy } from './content-policy.ts'
import type { FoundTag } from './tags.ts'

/** What keeps a browser from fetching a tag; null where it fetches it. */
export function obstacleTo(tag: FoundTag, { page, policies }: CheckedPage): string | null {
  const { element, url, directive } = tag
  const { name, attributes } = element
  if (page.url.protocol === 'https:' && url.protocol === 'http:')
    return 'it asks by http: on a page that came by https:, and browsers do not; write https:'
  if (attributes.has('disabled')) return 'it is disabled: browsers do not fetch it; take the word out'
  if (name === 'img' && attributes.has('hidden') && attributes.get('loading') === 'lazy')
    return 'it is hidden and lazy, so that no browser ever fetches it; take one of the words out'
  const nonce = attributes.get('nonce') ?? null
  const forbidden = forbiddenBy(policies, { directive, url, page: page.url, nonce })
  if (forbidden === null) return null
  const source = tag.relation === 'same-origin' ? "'self'" : url.origin
  return `the page’s Content-Security-Policy forbids it (${forbidden}); allow ${directive} ${source}`
}

/** What is not as it should be of a tag that browsers fetch. */
export function faultsOf(tag: FoundTag): readonly string[] {
  return RULES.flatMap((rule) => rule(tag) ?? [])
}

type Rule = (tag: FoundTag) => string | null

const RULES: readonly Rule[] = [
  function onlyWithoutScripts({ element }) {
    return element.scriptsOff ? 'it stands in <noscript>: it counts only readers who have scripts off' : null
  },
  function holdsBackPaint({ element: { name, attributes } }) {
    const media = (attributes.get('media') ?? 'all').trim().toLowerCase()
    if (name !== 'link' || PAINTED_WITHOUT.has(media)) return null
    return `it has ${attributes.has('media') ? `media="${media}"` : 'no media'}: browsers wait for it before they paint; write media="none"`
  },
  function waitsForReader({ element, call }) {
    const lazy = element.attributes.get('loading') === 'lazy'
    return lazy && call.resource.kind === 'view'
      ? 'it is lazy: it counts only when it comes near to what is seen'
      : null
  },
  function isNotFilledIn({ url }) {
    return /[{}]|<%|<\?/.test(decode(url.search))
      ? 'its address has a template in it that nothing filled in'
      : null
  },
  function countsEachPage({ call, relation }) {
    if (!call.resource.numbered || !/(?:^|&)p=/.test(call.query)) return null
    return relation === 'cross-site'
      ? 'it names the page, so that every page is a visit of its own; use c.css?p=… and, for the visitors, n.css'
      : 'it names the page, so that every page is a visit of its own; take ?p= out'
  },
]

const PAINTED_WITHOUT: ReadonlySet<string> = new Set(['none', 'print', 'not all'])

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
