import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Server } from './support/program.ts'
import { headcount, withFolder } from './support/program.ts'

const READER =
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nHost: count.example\r\n'
const VIEW = `GET /blog.example/c.css?p=/ok HTTP/1.1\r\n${READER}`

/** Bytes on the wire, the statuses that come back in turn, and how many hits the ledger has of them. */
interface Case {
  readonly name: string
  readonly sent: string | Buffer
  readonly statuses: readonly number[]
  readonly hits: number
}

const CASES: readonly Case[] = [
  { name: 'a good request', sent: `${VIEW}\r\n`, statuses: [200], hits: 1 },
  { name: 'three in a row', sent: `${VIEW}\r\n${VIEW}\r\n${VIEW}\r\n`, statuses: [200, 200, 200], hits: 3 },
  { name: 'garbage', sent: '\u0016\u0003\u0001 garbage\r\n\r\n', statuses: [400], hits: 0 },
  {
    // The good one is kept, though the answer to the bad one overtakes its own: 2xx means kept, not the other way round.
    name: 'garbage behind a good request',
    sent: `${VIEW}\r\n%%%%\r\n\r\n`,
    statuses: [400],
    hits: 1,
  },
  {
    name: 'a head of 100 KB',
    sent: `${VIEW}X-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
    statuses: [431],
    hits: 0,
  },
  {
    name: 'a target of 100 KB',
    sent: `GET /c.css?p=/${'x'.repeat(100_000)} HTTP/1.1\r\n${READER}\r\n`,
    statuses: [431],
    hits: 0,
  },
  {
    name: 'a path of 15,000 bytes',
    sent: `GET /blog.example/c.css?p=/${'x'.repeat(15_000)} HTTP/1.1\r\n${READER}\r\n`,
    statuses: [200],
    hits: 1,
  },
  {
    name: 'escapes that are none',
    sent: `GET /blog.example/c.css?p=/%zz%f0%28 HTTP/1.1\r\n${READER}\r\n`,
    statuses: [200],
    hits: 1,
  },
  {
    name: 'bytes that are not UTF-8',
    sent: Buffer.from(
      `GET /blog.example/c.css HTTP/1.1\r\n${READER}Referer: https://blog.example/\u00FF\u00FE\r\n\r\n`,
      'latin1',
    ),
    statuses: [200],
    hits: 1,
  },
  {
    name: 'a Referer that is no address',
    sent: `GET /blog.example/c.css HTTP/1.1\r\n${READER}Referer: ::::\r\n\r\n`,
    statuses: [200],
    hits: 1,
  },
  {
    name: 'two lengths',
    sent: `POST /csp HTTP/1.1\r\n${READER}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`,
    statuses: [400],
    hits: 0,
  },
  {
    name: 'a length and chunks',
    sent: `POST /login HTTP/1.1\r\n${READER}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    statuses: [400],
    hits: 0,
  },
  { name: 'no Host', sent: 'GET /c.css HTTP/1.1\r\n\r\n', statuses: [400], hits: 0 },
  { name: 'a null byte in a header', sent: `${VIEW}X-Null: a\0b\r\n\r\n`, statuses: [400], hits: 0 },
  { name: 'a method of our own', sent: `BREW /c.css HTTP/1.1\r\n${READER}\r\n`, statuses: [400], hits: 0 },
  {
    name: 'a whole address as the target',
    sent: `GET http://blog.example/dashboard/ HTTP/1.1\r\n${READER}Connection: close\r\n\r\n`,
    statuses: [303],
    hits: 0,
  },
  {
    name: 'dots that climb',
    sent: `GET /../../etc/passwd HTTP/1.1\r\n${READER}Connection: close\r\n\r\n`,
    statuses: [404],
    hits: 0,
  },
]

describe('bad input', () => {
  let server: Server
  let dir: string
  let done: () => void

  before(async () => {
    await new Promise<void>((ready, failed) => {
      withFolder(async (folder, serve) => {
        dir = folder
        await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example"]\nflood_per_minute = 0')
        server = await serve(['--data', dir])
        ready()
        await new Promise<void>((resolve) => {
          done = resolve
        })
      }).catch(failed)
    })
  })
  after(() => done())

  for (const { name, sent, statuses } of CASES) {
    test(`${name} is answered ${statuses.join(', ')}`, async () => {
      assert.deepEqual(statusesOf(await exchange(server, sent)), statuses)
    })
  }

  test('after all that the ledger adds up, the server runs, and it has told of no bug', async () => {
    assert.equal(await server.stop(), 0)
    assert.doesNotMatch(server.output(), /Error|\n {4}at /)
    const { stdout } = await headcount(['ledger', '--data', dir, '--period', 'today', '--json'])
    const { ledger } = JSON.parse(stdout)
    assert.deepEqual(ledger, { received: sum(CASES), counted: sum(CASES), refused: {} })
  })
})

function sum(cases: readonly Case[]): number {
  return cases.reduce((sum, { hits }) => sum + hits, 0)
}

/** Sends bytes and gathers what comes back until nothing more does. */
async function exchange({ url }: Server, sent: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const received: Buffer[] = []
  const ended = new Promise((resolve) => socket.on('close', resolve))
  let quiet = setTimeout(() => socket.end(), 2_000)
  socket
    .on('error', () => {})
    .on('data', (part: Buffer) => {
      received.push(part)
      clearTimeout(quiet)
      quiet = setTimeout(() => socket.end(), 100)
    })
  socket.write(sent)
  await ended
  clearTimeout(quiet)
  return Buffer.concat(received).toString('latin1')
}

function statusesOf(answers: string): number[] {
  return [...answers.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map((match) => Number(match[1]))
}
