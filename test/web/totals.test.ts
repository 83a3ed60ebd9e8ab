import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/web/app.ts'
import { sampleDeps } from './sample.ts'

const READ: [ends: number, views: number, says: RegExp][] = [
  [30, 120, />25%<.*of 120 views that could tell/s],
  [4, 2, />4<.*times; 2 views could tell/s],
  [1, 0, />1<.*times; 0 views could tell/s],
]

for (const [ends, views, says] of READ) {
  test(`${ends} ends of ${views} views are told as what they are`, async () => {
    const sample = sampleDeps()
    const reading = { ends, views, unsure: 0 }
    const deps = sampleDeps({ ask: async (question) => ({ ...(await sample.ask(question)), reading }) })
    const page = await (await createApp(deps).request('/dashboard/blog.example.org')).text()
    const [, cell = ''] = /Read to the end(.*?)<\/li>/s.exec(page) ?? []
    assert.match(cell, says)
  })
}
