import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { startDynamoDbLocal } from '../test/aws/support/dynamodb-local.ts'
import { createHitsTable, openLocalDb } from '../test/aws/support/hits-table.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { digits, median } from './figures.ts'

/** Who may sign, and what sends it. */
const CANDIDATES = {
  own: 'our 30 lines, node:https',
  aws4: 'aws4, node:https',
  'aws4fetch-http': 'aws4fetch, node:https',
  aws4fetch: 'aws4fetch, fetch',
  sdk: 'AWS SDK v3',
} as const
type Candidate = keyof typeof CANDIDATES

/** Not among our own packages: only compared with. */
const COMPARED = ['@aws-sdk/client-dynamodb@3.1164.0', 'aws4@1.13.2', 'aws4fetch@1.0.20']

const FOLDER = join(import.meta.dirname, 'cold-start')
const WARM_WRITES = 300
const WARM_ROUNDS = 3

/** Milliseconds of one start. */
interface Start {
  readonly requireMs: number
  readonly firstMs: number
  readonly warmMs: number
}

/**
 * What a cold start costs beyond Node's own: loading the code that speaks to DynamoDB, and the first write. Each start
 * is a process of its own, and the candidates take turns.
 */
export async function benchColdStart({ quick, cacheDir }: BenchOptions): Promise<readonly Figure[]> {
  const files = await bundleCandidates(cacheDir)
  await using local = await startDynamoDbLocal()
  await createHitsTable(openLocalDb(local.endpoint), 'hits')
  const starts = new Map<Candidate, Start[]>()
  for (let round = 0; round < (quick ? 7 : 25); round += 1) {
    for (const [name, file] of files) {
      const start = startOnce(file, local.endpoint, round < WARM_ROUNDS ? WARM_WRITES : 0)
      // Nobody's file is in the memory of the system at first.
      if (round > 0) starts.set(name, [...(starts.get(name) ?? []), start])
      else starts.set(name, [])
    }
  }
  const ofSdk = figuresOf(starts.get('sdk') ?? [])
  return [...starts].map(([name, measured]) => {
    const bytes = statSync(files.get(name) ?? '').size
    return candidateFigure(name, { bytes, sdkMs: ofSdk.coldMs, ...figuresOf(measured) })
  })
}

function candidateFigure(
  name: Candidate,
  measured: ReturnType<typeof figuresOf> & { readonly bytes: number; readonly sdkMs: number },
): Figure {
  const { coldMs, requireMs, firstMs, warmMs, bytes, sdkMs } = measured
  return {
    what: `require + first write: ${CANDIDATES[name]}`,
    measured: `${coldMs.toFixed(1)} ms (${requireMs.toFixed(1)} + ${firstMs.toFixed(1)}), later ${warmMs.toFixed(2)} ms`,
    baseline: `${digits(bytes / 1_000)} kB; of SDK v3:`,
    value: coldMs / sdkMs,
    ...(name === 'own' ? { aim: { atMost: 0.5 } } : {}),
  }
}

async function bundleCandidates(cacheDir: string): Promise<ReadonlyMap<Candidate, string>> {
  const folder = join(cacheDir, 'cold-start')
  mkdirSync(folder, { recursive: true })
  const flags = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...flags, '--prefix', folder, ...COMPARED], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const files = new Map<Candidate, string>()
  for (const name of ['own', 'aws4', 'aws4fetch-http', 'aws4fetch', 'sdk'] as const) {
    const outfile = join(folder, `${name}.cjs`)
    await build({
      entryPoints: [join(FOLDER, `${name}.js`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      mainFields: ['module', 'main'],
      minify: true,
      nodePaths: [join(folder, 'node_modules')],
    })
    files.set(name, outfile)
  }
  return files
}

function startOnce(file: string, endpoint: string, writes: number): Start {
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    HEADCOUNT_TABLE: 'hits',
  }
  const text = execFileSync(process.execPath, [join(FOLDER, 'start.cjs'), file, String(writes)], {
    env,
  }).toString()
  const [requireMs = NaN, firstMs = NaN, warmMs = NaN]: number[] = JSON.parse(text)
  return { requireMs, firstMs, warmMs }
}

function figuresOf(starts: readonly Start[]) {
  return {
    coldMs: median(starts.map(({ requireMs, firstMs }) => requireMs + firstMs)),
    requireMs: median(starts.map(({ requireMs }) => requireMs)),
    firstMs: median(starts.map(({ firstMs }) => firstMs)),
    warmMs: median(starts.map(({ warmMs }) => warmMs).filter((ms) => ms > 0)),
  }
}
