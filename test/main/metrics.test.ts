import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { parse } from 'yaml'
import { Histogram } from '../../src/main/histogram.ts'
import { Meter } from '../../src/main/meter.ts'
import { renderMetrics } from '../../src/main/metrics.ts'
import { aHit } from '../a-hit.ts'
import { headcount, withFolder } from './support/program.ts'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8')
const PYTHON = join(ROOT, 'node_modules/.cache/api-tools/bin/python3')

/** Prometheus' own reader; it leaves `_total` out of the names of counters. */
const READ = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
print(json.dumps([
  {'name': family.name, 'type': family.type, 'help': family.documentation,
   'samples': [[sample.name, sample.labels, sample.value] for sample in family.samples]}
  for family in text_string_to_metric_families(sys.stdin.read())]))`

interface ReadFamily {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: readonly (readonly [string, Readonly<Record<string, string>>, number])[]
}

const READER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
  referer: 'http://blog.example.org/posts/hello',
}

test('/metrics is what docs/metrics.md says, and keeps to the rules of names', async (context) => {
  await withFolder(async (dir, serve) => {
    const token = await headcount(['token', 'make', 'prometheus', '--data', dir])
    const server = await serve(['--data', dir])
    await fetch(`${server.url}/c.css`, { headers: READER })
    const headers = { authorization: `Bearer ${token.stdout.trim()}` }
    await fetch(`${server.url}/api/v1/sites`, { headers })
    const response = await fetch(`${server.url}/metrics`, { headers })
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
    const metrics = await response.text()
    await server.stop()
    const named = [...metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`)
    assert.deepEqual(documented(), named)
    assert.match(metrics, /^headcount_hits_total\{verdict="kept"\} 1$/m)
    const families = await readMetrics(metrics)
    if (families === null) return context.diagnostic('SKIPPED: no reader of metrics: npm run api-tools')
    assert.equal(families.length, named.length)
    for (const family of families) assertGood(family)
  })
})

test('what docs/metrics.md shows to copy is YAML, and asks for metrics that there are', () => {
  const names = new Set(documented().map((row) => row.split(' ')[0]))
  const blocks = [...PAGE.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block)
  assert.equal(blocks.length, 2)
  for (const block of blocks) assert.doesNotThrow(() => parse(block))
  const asked = blocks.flatMap((block) => block.match(/headcount_\w+/g) ?? [])
  assert.deepEqual(
    asked.filter((name) => !names.has(name)),
    [],
  )
})

/** Rows of the tables: name and type. */
function documented(): string[] {
  return [...PAGE.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, type]) => `${name} ${type}`)
}

async function readMetrics(metrics: string): Promise<readonly ReadFamily[] | null> {
  if (!existsSync(PYTHON)) {
    assert(process.env['CI'] === undefined, 'no reader of metrics: npm run api-tools')
    return null
  }
  const child = spawn(PYTHON, ['-c', READ], { stdio: ['pipe', 'pipe', 'inherit'], timeout: 30_000 })
  child.stdin.end(metrics)
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.equal(code, 0)
  return JSON.parse(output)
}

/** The rules of https://prometheus.io/docs/practices/naming/, and few enough time series. */
function assertGood({ name, type, help, samples }: ReadFamily): void {
  assert.match(name, /^(headcount|process)_[a-z_]+$/)
  assert.notEqual(help, '', name)
  assert(['counter', 'gauge', 'histogram'].includes(type), `${name} is ${type}`)
  assert.doesNotMatch(name, /counter|gauge|histogram|milli|minutes|hours|percent|_(sum|count|bucket)$/)
  assert(samples.length <= 20, `${name} has ${samples.length} series`)
  for (const [sample, , value] of samples) {
    assert(value >= 0, sample)
    if (type === 'counter') assert.equal(sample, `${name}_total`)
    if (type === 'gauge') assert.doesNotMatch(sample, /_total$/)
  }
}

test('a batch is in each bucket that it fits into', () => {
  const histogram = new Histogram([0.01, 0.1])
  for (const seconds of [0.01, 0.05, 2]) histogram.observe(seconds)
  assert.deepEqual(histogram.samples(), [
    ['_bucket{le="0.01"}', 1],
    ['_bucket{le="0.1"}', 2],
    ['_bucket{le="+Inf"}', 3],
    ['_sum', 2.06],
    ['_count', 3],
  ])
})

test('what is refused counts once, though a tally of it is kept, too', async () => {
  const meter = new Meter(() => Promise.resolve())
  meter.refuse({ verdict: 'flood', site: null, host: null })
  await meter.append(aHit({ kind: 'tally', verdict: 'flood', count: 1 }))
  await meter.append(aHit())
  const metrics = renderMetrics(meter.families())
  assert.match(metrics, /^headcount_hits_total\{verdict="flood"\} 1$/m)
  assert.match(metrics, /^headcount_hits_total\{verdict="kept"\} 1$/m)
})

test('hits that cannot be kept are told, and the next one that can makes all well again', async () => {
  let failing = true
  const meter = new Meter(() => (failing ? Promise.reject(new Error('no disk')) : Promise.resolve()))
  await assert.rejects(meter.append(aHit()))
  assert.match(renderMetrics(meter.families()), /^headcount_hits_failed_total 1$/m)
  assert.equal(meter.healthy(), false)
  failing = false
  await meter.append(aHit())
  assert.equal(meter.healthy(), true)
  assert.match(renderMetrics(meter.families()), /^headcount_hits_waiting 0$/m)
})
