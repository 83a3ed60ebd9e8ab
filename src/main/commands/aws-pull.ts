import type { PullSummary } from '../../aws/pull/pull.ts'
import { pull } from '../../aws/pull/pull.ts'
import { openPullSource, parsePullTarget } from '../../aws/pull/source.ts'
import { acquireLock } from '../../log/lock.ts'
import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { createFolder } from '../folder.ts'
import { say } from '../output.ts'
import { pullDeps } from '../pulling.ts'

/** `aws pull [STACK]`: copies what is in a table by now into the data folder. It may be interrupted at any time. */
export async function runAwsPull(call: Call): Promise<void> {
  const target = parsePullTarget(call.operands[0])
  const { folder, settings } = await readConfiguration(call)
  await createFolder(folder)
  const lock = await acquireLock(folder.lock, `headcount aws pull, process ${process.pid}`)
  try {
    const source = await openPullSource(target, {
      profile: call.text('profile'),
      region: call.text('region'),
    })
    const watch = process.stderr.isTTY ? createWatch((line) => process.stderr.write(line)) : undefined
    const deps = pullDeps(source, { folder, settings, report: say })
    const summary = await pull({ ...deps, ...(watch === undefined ? {} : { watch }) })
    if (watch !== undefined) process.stderr.write(CLEAR)
    say(renderSummary(source.table, summary))
  } finally {
    await lock.release()
  }
}

const LOOK_MS = 250
const CLEAR = '\r\u001B[K'

/** Shows on one line of a terminal how far it is, and the time left, a few times a second. */
export function createWatch(
  write: (text: string) => void,
  nowMs: () => number = () => performance.now(),
): (summary: PullSummary) => void {
  const startMs = nowMs()
  let first: PullSummary | null = null
  let shownMs = -Infinity
  return (summary) => {
    first ??= summary
    if (nowMs() - shownMs < LOOK_MS) return
    shownMs = nowMs()
    const left = secondsLeft(first, summary, shownMs - startMs)
    const upTo = new Date(summary.wholeUntilMs).toISOString().slice(0, 10)
    write(
      `${CLEAR}Pulled ${count(summary.hits)} hits, up to ${upTo}${left === null ? '' : `; ${left} s left`}`,
    )
  }
}

/** By the share of the days that are done, and not below what the pace of reading allows; null while nobody can tell. */
function secondsLeft(first: PullSummary, now: PullSummary, elapsedMs: number): number | null {
  const doneMs = now.wholeUntilMs - first.wholeUntilMs
  const leftMs = now.closedUntilMs - now.wholeUntilMs
  if (doneMs <= 0 || leftMs <= 0) return null
  return Math.ceil(Math.max((elapsedMs * leftMs) / doneMs / 1_000, now.paceSecondsLeft))
}

function renderSummary(table: string, { hits, damaged, units, wholeUntilMs }: PullSummary): string {
  const whole = new Date(wholeUntilMs).toISOString().slice(0, 16).replace('T', ' ')
  const skipped = damaged === 0 ? '' : `; ${count(damaged)} items hold no hit and were left out`
  return `Pulled ${count(hits)} hits from table "${table}": all up to ${whole} UTC, and what is there of later ones (${count(units)} read units)${skipped}`
}

function count(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 1 })
}
