import type { Relation } from '../../same-site.ts'

/** A family of browsers, by what they send. */
export interface Browser {
  readonly name: string
  readonly userAgent: string
  /** Whether it tells another site which page it is on, where the page wants that. */
  readonly tellsOtherSites: boolean
}

/** The engines that there are. */
export const BROWSERS: readonly Browser[] = [
  {
    name: 'Chromium',
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    tellsOtherSites: true,
  },
  {
    name: 'Firefox',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    tellsOtherSites: false,
  },
  {
    name: 'Safari',
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    tellsOtherSites: false,
  },
]

type Told = 'address' | 'origin' | 'nothing'

/** What each policy lets a page say of itself, by where the request goes (Referrer Policy, section 3). */
const POLICIES: ReadonlyMap<string, Readonly<Record<Relation, Told>>> = new Map([
  ['no-referrer', { 'same-origin': 'nothing', 'same-site': 'nothing', 'cross-site': 'nothing' }],
  ['same-origin', { 'same-origin': 'address', 'same-site': 'nothing', 'cross-site': 'nothing' }],
  ['origin', { 'same-origin': 'origin', 'same-site': 'origin', 'cross-site': 'origin' }],
  ['strict-origin', { 'same-origin': 'origin', 'same-site': 'origin', 'cross-site': 'origin' }],
  ['origin-when-cross-origin', { 'same-origin': 'address', 'same-site': 'origin', 'cross-site': 'origin' }],
  [
    'strict-origin-when-cross-origin',
    { 'same-origin': 'address', 'same-site': 'origin', 'cross-site': 'origin' },
  ],
  [
    'no-referrer-when-downgrade',
    { 'same-origin': 'address', 'same-site': 'address', 'cross-site': 'address' },
  ],
  ['unsafe-url', { 'same-origin': 'address', 'same-site': 'address', 'cross-site': 'address' }],
])
const WITHOUT_POLICY = 'strict-origin-when-cross-origin'

/** The policy that holds: of those that are named, weakest first, the last one that is known. */
export function policyOf(...named: readonly (string | null | undefined)[]): string {
  const words = named.flatMap((text) => (text ?? '').split(',')).map((word) => word.trim().toLowerCase())
  return words.findLast((word) => POLICIES.has(word)) ?? WITHOUT_POLICY
}

/** The Referer that a browser sends, and whether it is the page's whole address; null for none. */
export function refererOf(
  browser: Browser,
  page: URL,
  sent: { readonly policy: string; readonly relation: Relation },
): { readonly address: string; readonly whole: boolean } | null {
  const told = POLICIES.get(sent.policy)?.[sent.relation] ?? 'origin'
  if (told === 'nothing') return null
  const whole = told === 'address' && (sent.relation !== 'cross-site' || browser.tellsOtherSites)
  return { address: whole ? `${page.origin}${page.pathname}${page.search}` : `${page.origin}/`, whole }
}
