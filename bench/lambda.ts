import { bundleLambda } from '../scripts/lambda-bundle.ts'
import { packCode } from '../src/aws/packed-code.ts'
import { startDynamoDbLocal } from '../test/aws/support/dynamodb-local.ts'
import { urlEvent } from '../test/aws/support/events.ts'
import { startFaults } from '../test/aws/support/faults.ts'
import { createHitsTable, itemsIn, openLocalDb } from '../test/aws/support/hits-table.ts'
import type { LambdaRuntime } from '../test/aws/support/lambda-runtime.ts'
import { startLambda, whyNoRuntime } from '../test/aws/support/lambda-runtime.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { digits, median } from './figures.ts'
import { residentMemory } from './process.ts'

const INVOCATIONS = 10_000
const STARTS = 7

/** The built function in AWS's own runtime client: its start, ten thousand events, and what they leave behind. */
export async function benchLambda({ quick }: BenchOptions): Promise<readonly Figure[]> {
  const missing = whyNoRuntime()
  if (missing !== false) throw new Error(missing)
  const invocations = quick ? INVOCATIONS / 5 : INVOCATIONS
  await using local = await startDynamoDbLocal()
  await using faults = await startFaults(local.endpoint)
  const db = openLocalDb(local.endpoint)
  await createHitsTable(db, 'hits')
  const { code } = await bundleLambda()
  const start = (file = packCode(code)) =>
    startLambda(file, {
      HEADCOUNT_TABLE: 'hits',
      HEADCOUNT_SITES: 'blog.example.org',
      AWS_ENDPOINT_URL: faults.endpoint,
    })

  const colds: { readonly initMs: number; readonly plainMs: number; readonly firstMs: number }[] = []
  for (let round = 0; round < STARTS; round += 1) {
    await using plain = await start(code)
    const plainMs = await plain.coldMs
    await using lambda = await start()
    const initMs = await lambda.coldMs
    colds.push({ initMs, plainMs, firstMs: await invoke(lambda, `/cold/${round}`) })
  }

  await using lambda = await start()
  const durations: number[] = []
  let halfwayMb = NaN
  for (let at = 0; at < invocations; at += 1) {
    if (at % 1_000 === 500) faults.plan({ kind: 'reset', times: 1 })
    durations.push(await invoke(lambda, `/${at}`))
    if (at === invocations / 2) halfwayMb = residentMemory(lambda.pid).mb
  }
  const { mb } = residentMemory(lambda.pid)
  const stored = (await itemsIn(db, 'hits')).length
  const sorted = durations.toSorted((one, other) => one - other)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? NaN
  return [
    {
      ...figure(
        'start of the runtime client and the function, ms',
        median(colds.map(({ initMs }) => initMs)),
      ),
      baseline: `not packed ${digits(median(colds.map(({ plainMs }) => plainMs)))}`,
    },
    figure('first event, ms', median(colds.map(({ firstMs }) => firstMs))),
    { ...figure('later events, ms', median(durations)), baseline: `p99 ${digits(p99)}` },
    {
      ...figure('hits stored, of those that were sent', stored / (invocations + STARTS)),
      aim: { atLeast: 1 },
    },
    {
      ...figure('characters printed (unhandled rejections, warnings)', lambda.output().length),
      aim: { atMost: 0 },
    },
    {
      ...figure('memory after all events, of that after half of them', mb / halfwayMb),
      measured: `${digits(mb)} MB`,
      baseline: `${digits(halfwayMb)} MB`,
      aim: { atMost: 1.1 },
    },
  ]
}

function figure(what: string, value: number): Figure {
  return { what, value, measured: digits(value) }
}

async function invoke(lambda: LambdaRuntime, path: string): Promise<number> {
  const event = urlEvent({
    method: 'GET',
    target: `/c.css?p=${path}`,
    headers: {
      referer: 'https://blog.example.org/',
      'user-agent': `Mozilla/5.0 (X11; Linux x86_64) ${path}`,
    },
  })
  const startMs = performance.now()
  const { statusCode } = await lambda.invoke(event)
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`)
  return performance.now() - startMs
}
