import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PRICES } from '../aws/prices.ts'
import type { PullDeps } from '../aws/pull/pull.ts'
import { Puller } from '../aws/pull/pull.ts'
import type { PullSource } from '../aws/pull/source.ts'
import { openPullSource, parsePullTarget } from '../aws/pull/source.ts'
import { diskFiles } from '../log/file-system.ts'
import type { Settings } from '../settings.ts'
import { describeFailure } from './failure.ts'
import type { DataFolder } from './folder.ts'

export interface PullingDeps {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly report: (line: string) => void
}

/** What a pull from `source` into a data folder needs. Whoever pulls holds the folder's `LOCK`. */
export function pullDeps(
  { table, region, db }: PullSource,
  { folder, settings, report }: PullingDeps,
): PullDeps {
  const files = { log: folder.log, progress: join(folder.aws, `${region}.${table}.json`), files: diskFiles }
  return { db, table, folder: files, unitsPerSecond: settings.unitsPerSecond || null, report }
}

/** After a failure: as long as a person may wait for a table to be reached again. */
const PAUSE_SECONDS = 30

/**
 * Copies hits from `target` into the data folder until it is told to stop. What fails is told and begun anew; it never
 * stops collecting.
 *
 * @returns ends it
 * @throws {AppError} USAGE
 */
export function startPulling(target: string, deps: PullingDeps): () => Promise<void> {
  const source = parsePullTarget(target)
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    while (!signal.aborted) {
      try {
        await pullOn(await openPullSource(source, {}), deps, signal)
      } catch (error) {
        if (signal.aborted) return
        deps.report(describeFailure(error))
        await sleep(PAUSE_SECONDS * 1_000, undefined, { signal }).catch(() => undefined)
      }
    }
  }
  const ended = run()
  return async () => {
    ending.abort()
    await ended
  }
}

/** Pulls round by round; ends only by a failure or the signal. */
async function pullOn(source: PullSource, deps: PullingDeps, signal: AbortSignal): Promise<never> {
  const { pullSeconds } = deps.settings
  const puller = await Puller.open({ ...pullDeps(source, deps), signal })
  try {
    if (puller.onDemand) deps.report(renderPrice(source, puller.lookUnits, pullSeconds))
    for (;;) {
      await puller.round()
      await sleep(pullSeconds * 1_000, undefined, { signal })
    }
  } finally {
    await puller.close()
  }
}

const MONTH_SECONDS = 30 * 86_400

function renderPrice({ table }: PullSource, lookUnits: number, seconds: number): string {
  const usd = ((MONTH_SECONDS / seconds) * lookUnits * PRICES.dynamoDb.millionReadUnits) / 1_000_000
  const price = `about $${usd.toFixed(2)} a month`
  return `Table "${table}" is billed on demand: looking every ${seconds} s costs ${price}; --pull-seconds makes it less`
}
