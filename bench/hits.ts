import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRawHit } from '../src/hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING, chunkName, hourOf } from '../src/log/chunk.ts'
import { DAY, dayHits } from '../src/main/demo/day.ts'
import { createFolder, dataFolder } from '../src/main/folder.ts'

/** Hits to write: the demo's days, read by as many audiences at once as it takes. */
export interface Crowd {
  /** Midnight UTC behind the last day. */
  readonly endMs: number
  readonly days: number
  /** How many demo years are laid over each other. */
  readonly audiences: number
}

/** Writes one closed chunk a day into the folder `log` of a data folder. @returns how many hits, and bytes */
export async function writeCrowd(
  dataDir: string,
  crowd: Crowd,
): Promise<{ readonly hits: number; readonly bytes: number }> {
  const folder = dataFolder(dataDir)
  await createFolder(folder)
  let [hits, bytes] = [0, 0]
  for (let day = 0; day < crowd.days; day += 1) {
    const startMs = crowd.endMs - (crowd.days - day) * DAY
    const lines = crowdLines(startMs, 365 - crowd.days + day, crowd.audiences)
    const text = `${[CHUNK_HEADER, ...lines].join('\n')}\n`
    writeFileSync(join(folder.log, chunkName(hourOf(startMs), 'w00', 1) + CLOSED_ENDING), text)
    hits += lines.length
    bytes += Buffer.byteLength(text)
  }
  return { hits, bytes }
}

function crowdLines(startMs: number, number: number, audiences: number): readonly string[] {
  const hits = Array.from({ length: audiences }, (_, seed) => dayHits({ seed, startMs, number })).flat()
  return hits.sort((one, other) => one.timeMs - other.timeMs).map(encodeRawHit)
}
