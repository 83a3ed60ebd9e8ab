import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { Agent, get } from 'node:http'
import { test } from 'node:test'
import { text } from 'node:stream/consumers'
import { withFolder } from './support/folder.ts'
import { runCommand, startProgram } from './support/program.ts'

const REQUESTS = 10_000
const CONNECTIONS = 64

test('10,000 requests get 10,000 different ETags, the cache header word for word, and nothing else', async () => {
  await withFolder(async (dir) => {
    const program = await startProgram(['--data', dir])
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    try {
      const url = `${program.url}/blog.example.org/c.css?p=/`
      const asked = Array.from({ length: REQUESTS }, async () => answer(url, agent))
      const answers = await Promise.all(asked)
      assert.equal(new Set(answers.map(({ etag }) => etag)).size, REQUESTS)
      const rest = new Set(answers.map(({ rest }) => JSON.stringify(rest)))
      assert.deepEqual(
        [...rest],
        [JSON.stringify([200, 'text/css', 'no-cache, no-store, must-revalidate', ''])],
      )
      const report = await runCommand(
        'report',
        'blog.example.org',
        '--data',
        dir,
        '--period',
        'all',
        '--json',
      )
      assert.match(report, new RegExp(`"pageViews": ?${REQUESTS}\\b`))
    } finally {
      agent.destroy()
      await program.stop()
    }
  })
})

async function answer(url: string, agent: Agent) {
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers }, resolve).on('error', reject)
  })
  const { statusCode, headers: said } = response
  const type = said['content-type']?.split(';')[0]
  return { etag: said.etag ?? '', rest: [statusCode, type, said['cache-control'], await text(response)] }
}
