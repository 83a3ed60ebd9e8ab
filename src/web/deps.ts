import type { LedgerReport, NowReport, Question, Report, SiteSummary } from '../report/report.ts'
import type { Readable } from 'node:stream'
import type { HitsQuestion } from '../report/hits.ts'
import type { PathRules } from '../page.ts'
import type { Annotation, Settings, SiteSettings } from '../settings.ts'
import type { Stems } from '../stems.ts'
import type { Count } from './api/batches.ts'
import type { Auth } from './auth.ts'
import type { UnknownHost } from './page/unknown-hosts.ts'

/** All that the dashboard and the API need from the world. */
export interface WebDeps {
  /** @throws {AppError} PERIOD_INVALID, QUESTION_INVALID, or why no report can be made */
  ask(question: Question): Promise<Report>
  /** What became of a site's hits, or of all that was received (null), as `ask`. */
  ledger(site: string | null, period: string): Promise<LedgerReport>
  /** The last 60 minutes of a site, as `ask`; absent where nobody watches: a report in a file. */
  readonly lastHour?: (site: string) => Promise<NowReport>
  /** Hits as a file whose bytes are made as they are taken; rejects before the first ones, as `ask` or with EXPORT_BUSY. */
  exportHits(question: HitsQuestion): Promise<Readable>
  /** Sites that hits named. */
  sites(): Promise<readonly SiteSummary[]>
  /** Counts hits that other servers send; each is durable when it is kept. */
  readonly count: Count
  /** Hosts that asked and are not configured, since the last start. */
  unknownHosts(): readonly UnknownHost[]
  readonly sitesConfigured: readonly SiteSettings[] | 'any' | 'unset'
  /** How paths are cleaned, as of hits. */
  readonly pathRules: PathRules
  /** By day, of all sites. */
  readonly annotations: readonly Annotation[]
  readonly weekStart: Settings['weekStart']
  /** "" or a path such as `/stats`. */
  readonly basePath: string
  /** Where a request reached us from outside: scheme, host and base path, no "/" at the end. */
  publicUrl(request: Request): string
  /** Open to look at for everybody. */
  readonly demo: boolean
  readonly auth: Auth
  /** Whether a proxy that is trusted names the user who asks. */
  namesUser(request: Request): boolean
  /** Origins whose pages may show public and shared ones in a frame. */
  readonly embed: readonly string[]
  /** Ms UTC. */
  now(): number
  /** Prometheus text. */
  metrics(): string
  readonly stems: Stems
  /** Told of each failure that was answered with 500 or 503. */
  failed?(error: unknown): void
}
