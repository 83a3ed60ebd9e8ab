import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsParameters } from '../../../src/aws/parameters.ts'
import { parseSettings } from '../../../src/parse-settings.ts'

function parametersOf(toml: string): ReadonlyMap<string, string> {
  const settings = parseSettings({ toml, file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' })
  return settingsParameters(settings)
}

test('the function is told the sites, and of other settings those that are not as they would be anyway', () => {
  const parameters = parametersOf(
    'sites = ["blog.example.org"]\nopt_out = "count"\nindex_files = ["home.html"]',
  )
  assert.deepEqual(Object.fromEntries(parameters), {
    Sites: 'blog.example.org',
    OptOut: 'count',
    Settings: '{"index_files":["home.html"]}',
  })
})

test('the function is told whose day it is where, each zone once', () => {
  const zones = `sites = ["blog.example.org", "shop.example.org"]
timezone = "Europe/Warsaw"
[site."shop.example.org"]
timezone = "America/Lima"`
  const site = { 'shop.example.org': { timezone: 'America/Lima' } }
  assert.equal(parametersOf(zones).get('Settings'), JSON.stringify({ timezone: 'Europe/Warsaw', site }))
})

const REFUSED: [why: string, toml: string, said: RegExp][] = [
  ['no sites', '', /^Cannot deploy: no sites are named/],
  ['all headers', 'sites = "any"\nheaders = "all"', /^Cannot deploy: headers is "all"/],
  [
    'more than a parameter holds',
    `sites = [${Array.from({ length: 200 }, (_, index) => `"site-${index}.blog.example.org"`).join(', ')}]`,
    /^Cannot deploy: sites and settings have \d+ bytes/,
  ],
]

for (const [why, toml, said] of REFUSED) {
  test(`settings that a function cannot follow are refused: ${why}`, () => {
    assert.throws(() => parametersOf(toml), { code: 'SETTINGS_INVALID', message: said })
  })
}
