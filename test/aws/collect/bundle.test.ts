import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { unzipSync } from 'fflate'
import { bundleLambda } from '../../../scripts/lambda-bundle.ts'
import { LIMITS } from '../../../src/limits.ts'
import { packCode, unpackCode } from '../../../src/aws/packed-code.ts'

const bundle = await bundleLambda()

test('the same sources give the same bytes, on any day and in any time zone', async () => {
  const { TZ } = process.env
  process.env['TZ'] = 'Pacific/Kiritimati'
  const again = await bundleLambda()
  process.env['TZ'] = TZ ?? ''
  assert.equal(again.code, bundle.code)
  assert.equal(sha256(again.zip), sha256(bundle.zip))
})

test('the zip holds that code at its root, and nothing else', () => {
  const files = unzipSync(bundle.zip)
  assert.deepEqual(Object.keys(files), ['index.js'])
  assert.equal(new TextDecoder().decode(files['index.js']), bundle.code)
})

test('it is made of our own sources and of isbot, and of no list or database that fills a laptop', () => {
  const modules = [...bundle.code.matchAll(/^\/\/ (\S+)\.m?[jt]s$/gm)].map(([, name]) => name ?? '')
  assert.ok(modules.includes('src/collect/decide') && modules.includes('src/log/dynamodb/dynamodb-log'))
  assert.deepEqual(
    modules.filter((name) => name.startsWith('node_modules')),
    ['node_modules/isbot/index'],
  )
  assert.deepEqual(
    modules.filter((name) => /bot$|country-|referrer-|parse-settings/.test(name)),
    [],
  )
})

test('a limit of something else makes no other function of it', () => {
  assert.doesNotMatch(bundle.code, /\bLIMITS\b/)
  assert.ok(bundle.code.includes(String(LIMITS.bodyBytesMax)))
})

test('it asks Node for no more than it has, as CommonJS', () => {
  const required = new Set([...bundle.code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))
  const known = new Set(['buffer', 'crypto', 'http', 'https', 'net'].map((name) => `node:${name}`))
  assert.deepEqual(required, known)
  assert.doesNotMatch(bundle.code, /^(?:import|export)\b/m)
})

test('things are called as in the sources, a line each', () => {
  for (const words of [
    'function parseReferer(referer, rules) {',
    'function signedHeaders({ url, service, region, headers, body }, ',
  ])
    assert.ok(bundle.code.includes(`\n${words}`), words)
})

test('packed, it has less than half the size, lines that can be scrolled past, and nothing else in it', () => {
  const packed = packCode(bundle.code)
  assert.ok(packed.length < bundle.code.length * 0.45, `${packed.length} of ${bundle.code.length}`)
  assert.ok(packed.split('\n').every((line) => line.length <= 120))
  assert.equal(unpackCode(packed), bundle.code)
})

test('what holds nothing packed unpacks to nothing', () => {
  assert.equal(unpackCode('#!/bin/sh\n'), '')
})

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
