import { LIMITS } from '../../limits.ts'
import { hourOf } from '../../log/chunk.ts'
import type { DynamoDb } from '../../log/dynamodb/dynamodb.ts'
import { SHARDS } from '../../log/dynamodb/table-item.ts'
import { PullChunks } from './chunks.ts'
import { replaceFile } from './file.ts'
import { PullLedger } from './ledger.ts'
import type { Item } from './page.ts'
import { encodeProgress } from './progress.ts'
import { closedUntil, closedRanges, openRanges } from './ranges.ts'
import { recoverChunks } from './recovery.ts'
import type { PullFolder } from './start.ts'
import { startProgress } from './start.ts'
import type { PullTable, Range } from './table.ts'
import { openPullTable } from './table.ts'

export interface PullDeps {
  readonly db: DynamoDb
  /** Name of the table. */
  readonly table: string
  readonly folder: PullFolder
  /** Pace of reading; null: a share of the table's capacity. */
  readonly unitsPerSecond: number | null
  /** Ends a round early; nothing is lost or doubled by it. */
  readonly signal?: AbortSignal | undefined
  /** Tells a person of items that hold no hit. */
  readonly report: (line: string) => void
  /** Told after each read. */
  readonly watch?: (summary: PullSummary) => void
}

/** What pulling came to since it was begun. */
export interface PullSummary {
  /** Hits that are in the log now and were not before. */
  readonly hits: number
  /** Items that hold no hit that this program can read: they are left out. */
  readonly damaged: number
  /** Read units consumed. */
  readonly units: number
  /** All that arrived before it is in the log: ms UTC. */
  readonly wholeUntilMs: number
  /** How far `wholeUntilMs` can be brought at this time, by DynamoDB's clock. */
  readonly closedUntilMs: number
  /** Seconds that the pace of reading makes it take still, as far as the size of the table tells. */
  readonly paceSecondsLeft: number
}

const DAMAGED_NAMED_MAX = 10
/** Of a read that finds nothing, eventually consistent. */
const QUERY_UNITS_MIN = 0.5
/** What a unit reads, eventually consistent. */
const UNIT_BYTES = 8_192

/**
 * Pulls all that is in a table by now, and ends. Whoever calls it holds the data folder's `LOCK`.
 *
 * @throws {AppError} PULL_PROGRESS_LOST, or why the table cannot be read; what was pulled till then stays
 */
export async function pull(deps: PullDeps): Promise<PullSummary> {
  const puller = await Puller.open(deps)
  try {
    do await puller.round()
    while (puller.summary.wholeUntilMs < puller.summary.closedUntilMs)
    return puller.summary
  } finally {
    await puller.close()
  }
}

/**
 * Copies a table's hits into the log, round by round: first the hours that have closed since, each read once from its
 * start to its end; then what is there of later ones. `PullLedger` says why each hit comes exactly once. After
 * a call that rejected only `close` may follow; open it anew to go on. No two calls may overlap.
 *
 * Only DynamoDB's clock and the items' keys count: the clock of this machine is not asked.
 */
export class Puller {
  readonly #deps: PullDeps
  readonly #table: PullTable
  readonly #ledger: PullLedger
  readonly #chunks: PullChunks
  #dateMs: number
  #roundBeforeMs = -Infinity
  #isSaved = true
  #hits = 0
  #damaged = 0
  #units = 0
  /** Read units that all will take, as far as the size of the table tells. */
  readonly #unitsExpected: number

  private constructor(
    deps: PullDeps,
    parts: { table: PullTable; ledger: PullLedger; chunks: PullChunks; dateMs: number },
  ) {
    this.#deps = deps
    this.#table = parts.table
    this.#ledger = parts.ledger
    this.#chunks = parts.chunks
    this.#dateMs = parts.dateMs
    this.#unitsExpected = expectUnits(parts.table, parts.ledger.wholeUntilMs, parts.dateMs)
  }

  /** Takes up where the last run ended, however it did. Throws as `pull`. */
  static async open(deps: PullDeps): Promise<Puller> {
    const { folder } = deps
    const table = await openPullTable(deps)
    const dateMs = await table.date()
    const progress = await startProgress(folder, dateMs)
    const ledger = new PullLedger(progress)
    const place = { folder: { dir: folder.log, files: folder.files }, writer: progress.writer }
    const found = await recoverChunks(place, progress.mark)
    ledger.found(found)
    return new Puller(deps, { table, ledger, chunks: new PullChunks(place, found.mark), dateMs })
  }

  /** Reads cost money by the unit. */
  get onDemand(): boolean {
    return this.#table.onDemand
  }

  /** Read units that a round costs which finds nothing. */
  readonly lookUnits = SHARDS * QUERY_UNITS_MIN

  get summary(): PullSummary {
    const { wholeUntilMs } = this.#ledger
    const [hits, damaged, units] = [this.#hits, this.#damaged, this.#units]
    const paceSecondsLeft = Math.max(0, this.#unitsExpected - units) / this.#table.unitsPerSecond
    return { hits, damaged, units, wholeUntilMs, closedUntilMs: closedUntil(this.#dateMs), paceSecondsLeft }
  }

  /** Reads what has arrived since the last round. Throws as `pull`. */
  async round(): Promise<void> {
    this.#dateMs = await this.#table.date()
    while (this.#ledger.wholeUntilMs < closedUntil(this.#dateMs)) await this.#readClosed()
    if (this.#ledger.keys < LIMITS.pullKeysMax) await this.#readOpen()
    await this.#chunks.closeBefore(hourOf(this.#dateMs))
    if (this.#ledger.forgetUnclaimed()) this.#isSaved = false
    if (!this.#isSaved) await this.#save()
  }

  /** Closes the open chunk. */
  close(): Promise<void> {
    return this.#chunks.close()
  }

  async #readClosed(): Promise<void> {
    const { fromMs, untilMs, ranges } = closedRanges(this.#ledger, closedUntil(this.#dateMs))
    await this.#readAll(ranges, async (items) => {
      await this.#keep(hourOf(fromMs), items, () => this.#ledger.rememberUpTo(items))
    })
    this.#ledger.rememberWhole(untilMs)
    this.#isSaved = false
    this.#deps.watch?.(this.summary)
  }

  async #readOpen(): Promise<void> {
    const dateMs = this.#dateMs
    const ranges = openRanges(this.#ledger.wholeUntilMs, { dateMs, roundBeforeMs: this.#roundBeforeMs })
    await this.#readAll(ranges, async (items) => {
      const [first] = items
      if (first === undefined) return
      await this.#keep(first.sk.slice(0, hourOf(0).length), items, () => this.#ledger.rememberKeys(items))
    })
    this.#roundBeforeMs = dateMs
  }

  /** Reads ranges side by side, page by page. @param keep takes each page's items of all ranges, in order of time */
  async #readAll(ranges: readonly Range[], keep: (items: readonly Item[]) => Promise<void>): Promise<void> {
    let rest = ranges
    while (rest.length > 0) {
      const pages = await Promise.all(
        rest.map(async (range) => ({ range, page: await this.#table.page(range) })),
      )
      for (const { page } of pages) this.#units += page.units
      const items = pages.flatMap(({ page }) => page.items)
      await keep(items.sort((a, b) => (a.sk < b.sk ? -1 : 1)))
      this.#deps.watch?.(this.summary)
      rest = pages.flatMap(({ range, page }) => (page.next === null ? [] : [{ ...range, after: page.next }]))
    }
  }

  /** Appends what is not known yet, and only then remembers it. */
  async #keep(hour: string, items: readonly Item[], remember: () => void): Promise<void> {
    const unknown = this.#ledger.unknown(items)
    const lines = unknown.map(({ line }) => line).filter((line) => line !== null)
    this.#tellDamaged(unknown.filter(({ line }) => line === null))
    if (lines.length > 0) this.#ledger.rememberEnd(await this.#chunks.append(hour, lines))
    remember()
    this.#hits += lines.length
    if (lines.length > 0) await this.#save()
    else if (items.length > 0) this.#isSaved = false
  }

  async #save(): Promise<void> {
    const { files, progress } = this.#deps.folder
    await replaceFile(files, progress, encodeProgress(this.#ledger.progress))
    this.#isSaved = true
  }

  #tellDamaged(items: readonly Item[]): void {
    for (const { pk, sk } of items) {
      this.#damaged += 1
      if (this.#damaged > DAMAGED_NAMED_MAX) continue
      const what = 'it holds no hit that this program can read, and is left out'
      this.#deps.report(
        `Cannot pull item "${sk}" of partition "${pk}" in table "${this.#deps.table}": ${what}`,
      )
    }
  }
}

/** Units for all of a table, or for the share of its age since `fromMs`: its hits come evenly, as far as anybody knows. */
function expectUnits({ bytes, createdMs }: PullTable, fromMs: number, dateMs: number): number {
  const share = Math.min(1, (dateMs - fromMs) / Math.max(1, dateMs - createdMs))
  return (bytes / UNIT_BYTES) * share
}
