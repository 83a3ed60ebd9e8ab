import type { Item } from './page.ts'
import type { Mark, Progress } from './progress.ts'

const HOUR_MS = 3_600_000

/**
 * Knows which items of a table are in the log, and so keeps the promise of `pull`: each is there exactly once, however
 * often it is read and wherever a run is cut off.
 *
 * Why. An item is *known* when it lies before `wholeUntilMs`, or up to its partition's cursor, or when its key is
 * listed. What is saved in one step says what is known, and where the log's lines ended then (`mark`). A run appends
 * lines of items that are not known, and saves next; so at any instant the log holds one line of each known
 * item, and behind the mark lines of items that are not known yet: those of the one append that was cut off. The next
 * run takes these lines as *unclaimed*: the first unknown item with such a line claims it in place of being appended.
 * Items with equal lines are interchangeable, since only lines are counted; so it does not matter which of
 * them claims it. What is unclaimed is saved along, until everything that could claim it was read once.
 *
 * Nothing can take those lines away in between: they are in the newest part of their writer, since no part is begun
 * before what was appended is saved, and retention keeps the newest part of each writer.
 */
export class PullLedger {
  readonly #writer: string
  readonly #cursors: Map<string, string>
  readonly #unclaimed = new Map<string, number>()
  #keys: Set<string>
  #wholeUntilMs: number
  #mark: Mark | null

  constructor(progress: Progress) {
    this.#writer = progress.writer
    this.#wholeUntilMs = progress.wholeUntilMs
    this.#cursors = new Map(progress.cursors)
    this.#keys = new Set(progress.keys)
    this.#mark = progress.mark
    this.found({ lines: progress.unclaimed, mark: progress.mark })
  }

  /** Takes lines of the log that no item has claimed yet, and where they end. */
  found({ lines, mark }: { readonly lines: readonly string[]; readonly mark: Mark | null }): void {
    for (const line of lines) this.#unclaimed.set(line, (this.#unclaimed.get(line) ?? 0) + 1)
    this.#mark = mark
  }

  /** Every item before it is in the log: ms UTC, a whole hour. */
  get wholeUntilMs(): number {
    return this.#wholeUntilMs
  }

  /** How many items are known by their keys. */
  get keys(): number {
    return this.#keys.size
  }

  /** The `sk` up to which a partition was read for good; null: not behind `wholeUntilMs`. */
  cursor(pk: string): string | null {
    return this.#cursors.get(pk) ?? null
  }

  /** Those of the items that are to be appended. All of them hold a hit. */
  unknown(items: readonly Item[]): readonly Item[] {
    return items.filter((item) => !this.#keys.has(keyOf(item)) && !this.#claims(item))
  }

  /** All these are known from now on, by their keys. */
  rememberKeys(items: readonly Item[]): void {
    for (const item of items) this.#keys.add(keyOf(item))
  }

  /** All these are known from now on, and all before them in their partitions. */
  rememberUpTo(items: readonly Item[]): void {
    for (const { pk, sk } of items) this.#cursors.set(pk, sk)
  }

  /** All items before that hour's begin are known from now on. */
  rememberWhole(untilMs: number): void {
    const until = new Date(Math.floor(untilMs / HOUR_MS) * HOUR_MS)
    this.#wholeUntilMs = until.getTime()
    this.#cursors.clear()
    this.#keys = new Set([...this.#keys].filter((key) => key >= until.toISOString()))
  }

  /** The log's lines end here. */
  rememberEnd(mark: Mark): void {
    this.#mark = mark
  }

  /** All that could claim a line was read. @returns whether any was left */
  forgetUnclaimed(): boolean {
    const left = this.#unclaimed.size > 0
    this.#unclaimed.clear()
    return left
  }

  /** What is known, to be saved. */
  get progress(): Progress {
    return {
      writer: this.#writer,
      wholeUntilMs: this.#wholeUntilMs,
      cursors: this.#cursors,
      keys: this.#keys,
      mark: this.#mark,
      unclaimed: [...this.#unclaimed].flatMap(([line, times]) => Array<string>(times).fill(line)),
    }
  }

  #claims({ line }: Item): boolean {
    const times = line === null ? 0 : (this.#unclaimed.get(line) ?? 0)
    if (line === null || times === 0) return false
    if (times === 1) this.#unclaimed.delete(line)
    else this.#unclaimed.set(line, times - 1)
    return true
  }
}

/** Begins with the item's time, so that keys sort by it. */
export function keyOf({ pk, sk }: Pick<Item, 'pk' | 'sk'>): string {
  return `${sk} ${pk}`
}
