import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportHits } from '../../report/hits.ts'
import { HITS_FORMATS } from '../../report/hits-format.ts'
import type { HitsFormat } from '../../report/hits-format.ts'
import { readConfiguration } from '../configuration.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { say } from '../output.ts'
import { readFilters } from '../../web/query.ts'
import { wherePairs } from '../where.ts'
import { siteIn } from '../which-site.ts'

/** `export [SITE]`: the hits themselves. */
export async function runExport(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  const format = formatOf(call)
  const file = call.text('output') ?? null
  const query = new URLSearchParams()
  for (const [name, value] of wherePairs('export', call)) query.append(name, value)
  const filters = readFilters(query)
  await requireFolder(configuration.folder)
  const site = await siteIn(call, configuration)
  const period = call.text('period') ?? '28d'
  const hits = exportHits(openLibrary(configuration), { site, period, filters, format })
  if (file === null) await pipeline(Readable.from(hits), process.stdout, { end: false })
  else await writeWhole(file, hits)
}

function formatOf(call: Call): HitsFormat {
  const wanted = call.text('format') ?? 'ndjson'
  const format = HITS_FORMATS.find((one) => one === wanted)
  if (format === undefined)
    throw misuse('export', `--format is "${wanted}", expected ${HITS_FORMATS.join(', ')}`)
  if (format === 'parquet' && call.text('output') === undefined && process.stdout.isTTY)
    throw misuse('export', 'a terminal shows no Parquet: add --output FILE')
  return format
}

/** Under another name until it is whole. */
async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.part`
  await pipeline(Readable.from(bytes), createWriteStream(part, { mode: 0o600 }))
  await rename(part, file)
  say(`Wrote "${file}"`)
}
