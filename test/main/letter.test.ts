import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { encodeRawHit } from '../../src/hit.ts'
import { CHUNK_HEADER } from '../../src/log/chunk.ts'
import { aHit } from '../a-hit.ts'
import { headcount, MAIN, withFolder } from './support/program.ts'

const DAY_MS = 86_400_000

test('the letter of all sites goes through a pipe to who sends mail', async () => {
  await withFolder(async (dir) => {
    await mkdir(join(dir, 'log'))
    await writeFile(join(dir, 'headcount.toml'), 'timezone = "UTC"\n')
    const timeMs = Date.now() - 8 * DAY_MS
    const hits = ['one.example.org', 'two.example.org'].map((site) =>
      aHit({ site, timeMs: timeMs - (timeMs % DAY_MS) }),
    )
    const lines = [CHUNK_HEADER, ...hits.map(encodeRawHit)].join('\n')
    await writeFile(join(dir, 'log', '2026-01-01T00.w01.00001.ndjson'), `${lines}\n`)
    const mail = join(dir, 'mail')
    await writeFile(mail, `#!/bin/sh\n{ echo "$@"; cat; } > ${join(dir, 'sent')}\n`)
    await chmod(mail, 0o755)

    const letter = `"${process.execPath}" "${MAIN}" letter --data "${dir}" --pace month`
    execFileSync('sh', ['-ec', `${letter} | "${mail}" -s Readers you@example.org`])
    const [subject, ...body] = (await readFile(join(dir, 'sent'), 'utf8')).split('\n')
    assert.equal(subject, '-s Readers you@example.org')
    assert.match(body.join('\n'), /^one\.example\.org, \w+ \d{4}$[^]*^two\.example\.org, \w+ \d{4}$/m)

    const html = await headcount(['letter', 'one.example.org', '--html', '--data', dir])
    assert.match(html.stdout, /^<!doctype html>\n[^]*<h1>one\.example\.org, [^]*<\/html>\n$/)
  })
})

test('a letter refuses what it cannot be', async () => {
  for (const [args, says] of [
    [['--pace', 'day'], /--pace is "day", expected week or month/],
    [['--referrer-from', '0'], /--referrer-from is "0", expected a whole number from 1/],
  ] as const) {
    const { code, stderr, stdout } = await headcount(['letter', ...args])
    assert.equal(code, 2)
    assert.match(stderr, says)
    assert.equal(stdout, '')
  }
})
