import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { reportFile } from '../../src/web/report-file.ts'
import { readers, sampleDays, sampleDeps, sampleReport } from './sample.ts'

const HOSTILE = '</title><script>alert(1)</script>'

const deps = sampleDeps({
  ask: async ({ site, period }) => {
    const report = readers(sampleReport(sampleDays(period), { site }))
    return { ...report, top: { ...report.top, path: [{ value: HOSTILE, pageViews: 9, visitors: 4 }] } }
  },
})

async function fileOf(query: string): Promise<string> {
  return reportFile('blog.example.org', new URLSearchParams(query), deps)
}

test('a report in a file needs nothing else and leads nowhere but out', async () => {
  const text = await fileOf('period=2026-10')
  assert.doesNotMatch(text, /<(script|link|form|nav|img|iframe|object)\b|<[^>]*\s(style|on[a-z]+|src)=/i)
  const addresses = [...text.matchAll(/\s(?:href|action)="([^"]*)"/g)].map(([, address]) => address)
  assert.deepEqual(addresses, [])
  for (const words of ['blog.example.org', 'October 2026', 'Page views', 'Hours', 'The same as a table'])
    assert.ok(text.includes(words), words)
})

for (const period of ['28d', '90d', '12mo']) {
  test(`a file of ${period} has the numbers of its chart once, as a table`, async () => {
    const text = await fileOf(`period=${period}`)
    assert.equal(text.match(/<summary>The same as a table<\/summary>/g)?.length, 1)
    assert.equal(text.match(/The same as a table<\//g)?.length, 1)
  })
}

test('its policy allows its own styles and nothing else', async () => {
  const text = await fileOf('')
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  assert.ok(text.includes(`content="default-src 'none'; style-src 'sha256-${hash}'"`))
  assert.ok(style.includes('@media print{@page{size:A4'))
})

test('what a hit said is text in a file too', async () => {
  const text = await fileOf('')
  assert.ok(text.includes('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;'))
})

test('the way to the page itself stays', async () => {
  assert.match(
    await fileOf('path=/about/'),
    /<a class="link small" href="https:\/\/blog\.example\.org\/about\/"/,
  )
})

test('a file asks the question of the overview, and refuses what that refuses', async () => {
  await fileOf('period=7d&country=DE')
  await assert.rejects(fileOf('contry=DE'), { code: 'QUESTION_INVALID' })
})
