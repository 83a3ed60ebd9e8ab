import type { CollectRules } from '../../collect/rules.ts'
import type { PageElement } from './elements.ts'
import type { FetchedPage } from './page.ts'

/** A page, and what it and its collector make of requests. */
export interface CheckedPage {
  readonly page: FetchedPage
  /** Of headers and of the page itself. */
  readonly policies: readonly string[]
  /** What holds for elements that have no policy of their own; null where nothing is said. */
  readonly referrerPolicy: string | null
  readonly rules: CollectRules
  readonly timeMs: number
}

/** Takes together what headers and elements of a page say of it. */
export function checkedPage(
  page: FetchedPage,
  elements: readonly PageElement[],
  world: Pick<CheckedPage, 'rules' | 'timeMs'>,
): CheckedPage {
  const metas = elements.filter(({ name }) => name === 'meta').map(({ attributes }) => attributes)
  const policies = metas
    .filter((meta) => meta.get('http-equiv')?.toLowerCase() === 'content-security-policy')
    .map((meta) => meta.get('content') ?? '')
  const referrer = metas.filter((meta) => meta.get('name')?.toLowerCase() === 'referrer')
  const named = [page.referrerPolicy, ...referrer.map((meta) => meta.get('content'))].filter(Boolean)
  return {
    page,
    policies: [...page.policies, ...policies],
    referrerPolicy: named.length === 0 ? null : named.join(','),
    ...world,
  }
}
