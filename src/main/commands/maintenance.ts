import { openFileLog } from '../../log/file-log.ts'
import { acquireLock } from '../../log/lock.ts'
import { compact } from '../../segment/compaction.ts'
import { forget } from '../../segment/forget.ts'
import { rederive } from '../../segment/rederive.ts'
import { retain } from '../../segment/retention.ts'
import { verify } from '../../segment/verify.ts'
import type { Call } from '../command.ts'
import type { Configuration } from '../configuration.ts'
import { readConfiguration } from '../configuration.ts'
import { createFolder, requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { print, say } from '../output.ts'

/** `compact`: chunks to segments, small segments to larger ones. */
export async function runCompact(call: Call): Promise<void> {
  const { chunks, hits, merges, rollups, removed } = await compact(openLibrary(await folderOf(call)))
  say(
    `Compacted ${count(chunks, 'chunk')} with ${count(hits, 'hit')}; ${count(merges, 'merge')}, ${count(rollups, 'roll-up')} made, ${count(removed, 'superseded segment')} removed`,
  )
}

/** `verify`: compares segments with the raw hits that are kept. @returns 1 on any difference */
export async function runVerify(call: Call): Promise<number> {
  const { segments, rows, chunks, differences, remarks } = await verify(openLibrary(await folderOf(call)))
  for (const remark of remarks) say(remark)
  for (const { chunk, segment, problem } of differences) {
    await print(`${chunk === null ? '' : `chunk ${chunk}, `}segment ${segment}: ${problem}\n`)
  }
  say(
    `Verified ${count(segments, 'segment')} with ${count(rows, 'row')}, and ${count(chunks, 'chunk')} derived again: ${count(differences.length, 'difference')}`,
  )
  return differences.length === 0 ? 0 : 1
}

/** `retain`: removes what is past its days. */
export async function runRetain(call: Call): Promise<void> {
  const { chunks, segments } = await retain(openLibrary(await folderOf(call)))
  say(`Removed ${count(chunks.length, 'chunk')} of raw hits and ${count(segments.length, 'segment')}`)
}

/** `rederive`: judges kept raw hits again. */
export async function runRederive(call: Call): Promise<void> {
  const { rederived, kept } = await rederive(openLibrary(await folderOf(call)))
  say(`Derived ${count(rederived.length, 'segment')} again`)
  if (kept.length > 0)
    say(`${count(kept.length, 'segment')} stay as they are, since their raw hits are past their days`)
}

/**
 * `forget SITE`: removes hits for good. It holds the lock, so that no server adds to what is rewritten, and first
 * closes the chunk that a killed server left open.
 */
export async function runForget(call: Call): Promise<void> {
  const configuration = await folderOf(call)
  const { folder } = configuration
  const lock = await acquireLock(folder.lock, `headcount forget, process ${process.pid}`)
  try {
    const log = await openFileLog({ dir: folder.log, now: Date.now })
    await log.close()
    const [site = ''] = call.operands
    const { hits, segments, chunks } = await forget(openLibrary(configuration), {
      site,
      path: call.text('path') ?? null,
    })
    say(
      `Forgot ${count(hits, 'hit')}; ${count(segments, 'segment')} and ${count(chunks, 'chunk')} written anew`,
    )
  } finally {
    await lock.release()
  }
}

async function folderOf(call: Call): Promise<Configuration> {
  const configuration = await readConfiguration(call)
  await requireFolder(configuration.folder)
  await createFolder(configuration.folder)
  return configuration
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
