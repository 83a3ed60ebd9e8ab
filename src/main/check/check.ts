import { LIMITS } from '../../limits.ts'
import { cleanPath } from '../../page.ts'
import { printable } from '../../printable.ts'
import type { Settings } from '../../settings.ts'
import type { Finding } from '../finding.ts'
import { fine, look } from '../finding.ts'
import { faultOfAnswer } from './answers.ts'
import { BROWSERS } from './browsers.ts'
import type { CheckedPage } from './checked-page.ts'
import { checkedPage } from './checked-page.ts'
import { elementsOf } from './elements.ts'
import { faultsOf, obstacleTo } from './faults.ts'
import type { Outcome } from './outcomes.ts'
import { outcomeIn, rulesFor } from './outcomes.ts'
import type { FetchedPage } from './page.ts'
import { fetchPage } from './page.ts'
import type { FoundTag } from './tags.ts'
import { findTags } from './tags.ts'
import { judgeViews } from './views.ts'

/** What came of a check. */
export interface PageCheck {
  readonly findings: readonly Finding[]
  /** One for each family of browsers. */
  readonly outcomes: readonly Outcome[]
}

/**
 * Fetches a page and says what its tags count, and what to change.
 *
 * @throws {AppError} PAGE_UNREADABLE
 */
export async function checkPage(address: string, settings: Settings, timeMs: number): Promise<PageCheck> {
  const page = await fetchPage(address)
  const elements = elementsOf(page.html)
  const checked = checkedPage(page, elements, { rules: rulesFor(settings), timeMs })
  const tags = findTags(elements, page.url, checked.rules).slice(0, LIMITS.checkTagsMax)
  const looks = await Promise.all(tags.map(async (tag) => await lookAt(tag, checked)))
  const asked = looks.filter(({ works }) => works).map(({ tag }) => tag)
  const outcomes = BROWSERS.map((browser) => outcomeIn(browser, asked, checked))
  const findings = [
    ...statusOf(page),
    ...distinct(looks.flatMap(({ findings }) => findings)),
    ...(tags.length === 0 ? look(NO_TAG) : judgeViews(outcomes, ownPath(page, settings))),
  ]
  return { findings: findings.map(({ ok, what }) => ({ ok, what: printable(what) })), outcomes }
}

function ownPath({ url }: FetchedPage, { indexFiles, queryKeys }: Settings): string {
  return cleanPath(url.pathname + url.search, { indexFiles, queryKeys })
}

const NO_TAG =
  'tag: the page has none; "headcount tag" prints it. What scripts add to a page cannot be seen from here'

function statusOf({ url, status, html }: FetchedPage): readonly Finding[] {
  const what = `page: ${url.href} answered ${status}, ${Buffer.byteLength(html)} bytes`
  return status === 200 ? fine(what) : look(`${what}; expected 200`)
}

/** Whether readers' browsers ask the collector and get its answer, and what is wrong about it. */
async function lookAt(tag: FoundTag, page: CheckedPage) {
  const name = `${nameOf(tag)}: `
  const obstacle =
    obstacleTo(tag, page) ?? (tag.call.resource.content === null ? null : await faultOfAnswer(tag))
  if (obstacle !== null) return { tag, works: false, findings: look(`${name}${obstacle}`) }
  const faults = faultsOf(tag).map((what) => ({ ok: false, what: `${name}${what}` }))
  const findings = faults.length > 0 ? faults : fine(`${name}${tag.url.origin} answers, ${tag.relation}`)
  return { tag, works: !tag.element.scriptsOff, findings }
}

function nameOf({ element, call }: FoundTag): string {
  const { kind, numbered, event, report } = call.resource
  const what = {
    view: numbered ? 'page views and visitors' : 'page views',
    number: 'visitors',
    window: 'window sizes',
    event: report === 'ping' ? 'outbound links' : `event "${event ?? ''}"`,
    referral: 'referrers',
    tally: '',
  }[kind]
  return `<${kind === 'window' ? 'picture' : element.name}> for ${what}`
}

/** The sources of one picture say the same three times. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.what, finding])).values()]
}
