import type { Report } from '../../report/report.ts'
import type { Links } from '../links.ts'
import type { View } from '../view.ts'

/** A report and what it answers. */
export interface Answer {
  readonly report: Report
  readonly view: View
  readonly links: Links
  /** Ms UTC. */
  readonly nowMs: number
}
