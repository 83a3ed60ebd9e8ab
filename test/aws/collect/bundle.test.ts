import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { unzipSync } from 'fflate'
import { bundleLambda } from '../../../scripts/lambda-bundle.ts'

const bundle = await bundleLambda()

/** Room for the function in a template: 51,200 bytes together. */
const CODE_BYTES_MAX = 36_000

test('the function fits into a template', () => {
  assert.ok(Buffer.byteLength(bundle.code) <= CODE_BYTES_MAX, `${Buffer.byteLength(bundle.code)} bytes`)
})

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

test('it is made of our own sources alone, and of no list or database that fills a laptop', () => {
  const modules = [...bundle.code.matchAll(/^\/\*([\w./-]+)\*\//gm)].map(([, name]) => name ?? '')
  assert.ok(modules.includes('collect/decide') && modules.includes('log/dynamodb/dynamodb-log'))
  assert.deepEqual(
    modules.filter((name) =>
      /mmdb|isbot|crawler|toml|aws4|^bot$|country-|referrer-|parse-settings/.test(name),
    ),
    [],
  )
})

test('it asks Node for no more than it has, as CommonJS', () => {
  const required = new Set([...bundle.code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))
  const known = new Set(['buffer', 'crypto', 'http', 'https', 'net'].map((name) => `node:${name}`))
  assert.deepEqual(required, known)
  assert.match(bundle.code, /exports\.handler=handler;\n$/)
  assert.doesNotMatch(bundle.code, /^(?:import|export)\b/m)
})

test('things are called as in the sources', () => {
  for (const words of [
    'function parseReferer(referer,rules)',
    'function signedHeaders({url,service,region,headers,body}',
  ])
    assert.ok(bundle.code.includes(words), words)
})

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
