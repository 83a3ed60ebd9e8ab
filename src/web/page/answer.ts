import type { BotHits, NowReport, Report } from '../../report/report.ts'
import type { Annotation, Settings } from '../../settings.ts'
import type { Links } from '../links.ts'
import type { View } from '../view.ts'

/** A report and what it answers. */
export interface Answer {
  readonly report: Report
  readonly view: View
  readonly links: Links
  /** Whether whoever reads it sees a part of the site alone, of which there is no ledger. */
  readonly isPart: boolean
  /** Bots of the period, where the page lists them. */
  readonly bots: readonly BotHits[] | null
  /** The last hour, where the page shows it. */
  readonly now: NowReport | null
  /** Those of the site, by day. */
  readonly annotations: readonly Annotation[]
  readonly weekStart: Settings['weekStart']
  /** Ms UTC. */
  readonly nowMs: number
}
