import type { HotLogReader, Position } from '../../src/log/hot-log.ts'

/** The paths of all hits, chunk after chunk; of each chunk only those behind `after`. */
export async function pathsIn(log: HotLogReader, after?: Position): Promise<(string | null)[]> {
  const paths: (string | null)[] = []
  for (const chunk of await log.chunks()) {
    for await (const batch of log.read(chunk.name, after)) paths.push(...batch.hits.map((hit) => hit.path))
  }
  return paths
}
