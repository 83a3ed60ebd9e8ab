import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { COMMANDS } from '../../src/main/commands.ts'
import { renderCommandHelp } from '../../src/main/help.ts'
import { readSecrets } from '../../src/main/secrets.ts'
import { verifyPassword } from '../../src/web/password.ts'
import { headcount, withFolder } from './support/program.ts'

const WRONG_USE: [args: string, message: RegExp][] = [
  ['frobnicate', /Cannot run "frobnicate": there is no such command/],
  ['report --perid 7d', /Cannot run "report": Unknown option '--perid'; see "headcount report --help"/],
  ['report a.example b.example', /"b\.example" is one word too many/],
  ['report --by colour', /"by" is "colour", expected path, /],
  ['report --where path', /--where is "path", expected COLUMN=VALUE/],
  ['report --limit 0', /"limit" is "0", expected a whole number from 1 to 1000/],
  ['report --json --csv', /one of --json, --csv and --html/],
  ['forget', /SITE is missing/],
  ['tag --for word', /--for is "word", expected html, hugo, /],
  ['tag --with all', /--with has "all", expected windows, end, /],
  ['tag --same-site --cross-site', /either --same-site or --cross-site/],
  ['tag --url count.example', /--url is "count\.example", expected an address/],
]

describe('the command line', { concurrency: 2 }, () => {
  for (const [args, message] of WRONG_USE) {
    test(`"${args}" ends with 2 and says why`, async () => {
      const { code, stdout, stderr } = await headcount(args.split(' '))
      assert.match(stderr, message)
      assert.deepEqual([code, stdout], [2, ''])
    })
  }

  test('help and version go to stdout', async () => {
    const help = await headcount(['--help'])
    assert.equal(help.code, 0)
    for (const name of Object.keys(COMMANDS)) assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'))
    assert.match((await headcount(['--version'])).stdout, /^headcount \d+\.\d+\.\d+\n$/)
    const own = await headcount(['report', '--help'])
    assert.deepEqual(own, { code: 0, stdout: renderCommandHelp('report', reportCommand()), stderr: '' })
  })

  test('a folder that is not there ends with 1 and says what to do', async () => {
    const { code, stderr } = await headcount(['report', '--data', '/nowhere/at/all'])
    assert.equal(code, 1)
    assert.match(
      stderr,
      /"\/nowhere\/at\/all": it is not there; .*--data.*\n\(FOLDER_UNUSABLE, see docs\/errors\.md\)/,
    )
  })

  test('tag prints the tag alone on stdout', async () => {
    const { code, stdout, stderr } = await headcount([
      'tag',
      'blog.example',
      '--url',
      'https://count.blog.example/',
    ])
    assert.equal(code, 0)
    assert.match(stdout, /^<link [^<]*href="https:\/\/count\.blog\.example\/blog\.example\/c\.css"[^<]*>\n$/)
    assert.match(stderr, /media="none"/)
  })

  test('tag without SITE looks at the only site to see where the counter stands', async () => {
    const env = { HEADCOUNT_SITES: 'blog.example.org' }
    const { stdout } = await headcount(['tag', '--url', 'https://counter.example.net'], { env })
    assert.match(stdout, /href="https:\/\/counter\.example\.net\/c\.css\?p={path}"/)
  })

  test('password reads stdin, keeps a hash for the owner alone, and ends all sessions', async () => {
    await withFolder(async (dir) => {
      const file = join(dir, 'secrets.json')
      const short = await headcount(['password', '--data', dir], { stdin: 'tiny\n' })
      assert.equal(short.code, 2)
      assert.match(short.stderr, /expected at least 10 characters/)
      assert.equal(await readSecrets(file), null)

      const set = await headcount(['password', '--data', dir], { stdin: 'correct horse battery\n' })
      assert.deepEqual([set.code, set.stdout], [0, ''])
      const first = await readSecrets(file)
      assert(await verifyPassword('correct horse battery', first?.passwordHash ?? ''))
      assert.equal((await stat(file)).mode & 0o777, 0o600)

      await headcount(['password', '--data', dir], { stdin: 'correct horse battery\n' })
      assert.notDeepEqual((await readSecrets(file))?.sessionKey, first?.sessionKey)
    })
  })

  test('doctor finds what is wrong and ends with 1', async () => {
    await withFolder(async (dir) => {
      const { code, stdout } = await headcount(['doctor', '--data', dir], { env: { HEADCOUNT_PORT: 'x' } })
      assert.equal(code, 1)
      assert.match(stdout, /^look {2}Cannot read settings.*\n {2}HEADCOUNT_PORT: port is "x"/)
    })
  })
})

function reportCommand() {
  const command = COMMANDS['report']
  assert(command !== undefined)
  return command
}
