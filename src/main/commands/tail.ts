import type { RawHit } from '../../hit.ts'
import type { HotLogReader, Position } from '../../log/hot-log.ts'
import { ChunkGone } from '../../log/hot-log.ts'
import { printable } from '../../printable.ts'
import { createDeriver } from '../../segment/derive.ts'
import type { Row } from '../../row.ts'
import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { print, say } from '../output.ts'

const LOOK_MS = 500

/** `tail`: derived hits from now on, until the program is interrupted. */
export async function runTail(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  await requireFolder(configuration.folder)
  const { log, policy } = openLibrary(configuration)
  const derive = createDeriver(policy)
  const render = call.has('json') ? renderJson : renderLine
  let read = await ends(log)
  say('Waiting for hits; stop with Ctrl-C')
  for (;;) {
    read = await readOn(log, read, (hits) => print(hits.map((hit) => `${render(derive(hit))}\n`).join('')))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** How far each chunk was read. */
type Positions = ReadonlyMap<string, Position>
type Take = (hits: readonly RawHit[]) => Promise<void>

/** Where the chunks end now. The size of an open one may lie inside a line, so that one is read. */
async function ends(log: HotLogReader): Promise<Positions> {
  const chunks = await log.chunks()
  const closed = chunks.filter((chunk) => chunk.closed)
  return await readOn(log, new Map(closed.map(({ name, bytes }) => [name, bytes])), () => Promise.resolve())
}

/** Gives what came since `read`, and says how far it got. */
async function readOn(log: HotLogReader, read: Positions, take: Take): Promise<Positions> {
  const positions = new Map<string, Position>()
  for (const { name, bytes } of await log.chunks()) {
    const before = read.get(name) ?? 0
    positions.set(name, bytes > before ? await readChunk(log, { name, before }, take) : before)
  }
  return positions
}

async function readChunk(
  log: HotLogReader,
  from: { name: string; before: Position },
  take: Take,
): Promise<Position> {
  let position = from.before
  try {
    for await (const batch of log.read(from.name, from.before)) {
      await take(batch.hits)
      position = batch.position
    }
  } catch (error) {
    if (!(error instanceof ChunkGone)) throw error
  }
  return position
}

function renderJson(row: Row): string {
  return JSON.stringify({ ...row, time: new Date(row.time).toISOString() })
}

function renderLine(row: Row): string {
  const reader = [row.browser, row.system, row.device, row.country, row.language]
    .map((text) => text ?? '-')
    .join(' ')
  const verdict = row.bot === null ? row.verdict : `${row.verdict} ${row.bot}`
  const many = row.count === 1 ? '' : ` ×${row.count}`
  const where = `${row.site ?? '-'} ${row.path ?? '(path not sent)'}`
  const line = `${new Date(row.time).toISOString()} ${row.kind}${many} ${where} ${reader} ${verdict}`
  return printable(line)
}
