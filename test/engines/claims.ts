import type { ClaimGroup } from './claim.ts'
import { PAGE_CLAIMS } from './claims/pages.ts'
import { PRERENDER_CLAIMS } from './claims/prerender.ts'
import { READING_CLAIMS } from './claims/reading.ts'
import { REFERRER_CLAIMS } from './claims/referrers.ts'
import { RETURN_CLAIMS } from './claims/returns.ts'
import { VISITOR_CLAIMS } from './claims/visitors.ts'

/** All that is claimed, in the order of the documentation. */
export const CLAIM_GROUPS: readonly ClaimGroup[] = [
  { title: 'Page views', claims: PAGE_CLAIMS },
  { title: 'Visitors', claims: VISITOR_CLAIMS },
  { title: 'Coming back to a page', claims: RETURN_CLAIMS },
  { title: 'On the page', claims: READING_CLAIMS },
  { title: 'Where readers come from', claims: REFERRER_CLAIMS },
  { title: 'Pages made ready in advance', claims: PRERENDER_CLAIMS },
]

/** The claims of all groups. */
export const CLAIMS = CLAIM_GROUPS.flatMap(({ claims }) => claims)
