import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { readCollectorSettings } from '../../../src/aws/collector-settings.ts'
import { settingsParameters } from '../../../src/aws/parameters.ts'
import { parseSettings } from '../../../src/parse-settings.ts'

const FILES = [
  'sites = ["blog.example.org"]',
  'sites = "any"',
  `sites = ["blog.example.org", "shop.example.org"]
opt_out = "count"
prerender = "count"
timezone = "Europe/Warsaw"
view_stem = "look"
visitor_stem = "seen"
number_stem = "number"
window_stem = "window"
event_stem = "event"
ping_stem = "left"
csp_stem = "policy"
badge_stem = "shield"
index_files = []
query_keys = ["id"]
country_header = "cf-ipcountry"
ignore_addresses = ["192.0.2.0/24"]
ignore_hosts = ["staging.example.org"]
[site."blog.example.org"]
aliases = ["www.blog.example.org"]
[site."shop.example.org"]
timezone = "Pacific/Kiritimati"
`,
]

for (const toml of FILES) {
  test(`the environment says what the file says: ${toml.split('\n', 1)[0]}`, () => {
    const file = parseSettings({ toml, file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' })
    const { sites, opt_out: optOut, ...others } = parse(toml)
    const read = readCollectorSettings({
      HEADCOUNT_SITES: Array.isArray(sites) ? sites.filter((name) => typeof name === 'string').join() : 'any',
      ...(typeof optOut === 'string' ? { HEADCOUNT_OPT_OUT: optOut } : {}),
      HEADCOUNT_SETTINGS: JSON.stringify(others),
      HEADCOUNT_TABLE: 'hits',
    })
    const { behindCloudFront, table, keepDays, ...shared } = read
    assert.partialDeepStrictEqual(file, shared)
    assert.deepEqual([behindCloudFront, table, keepDays], [false, 'hits', 365])

    const parameters = settingsParameters(file)
    const deployed = readCollectorSettings({
      HEADCOUNT_SITES: parameters.get('Sites'),
      HEADCOUNT_OPT_OUT: parameters.get('OptOut'),
      HEADCOUNT_SETTINGS: parameters.get('Settings'),
      HEADCOUNT_TABLE: 'hits',
    })
    assert.deepEqual(deployed, read)
  })
}

test('a path in front is the function’s own matter', () => {
  assert.equal(readCollectorSettings({ HEADCOUNT_SETTINGS: '{"base_path":"/stats"}' }).basePath, '/stats')
})

test('behind CloudFront its header names the country, whatever the file says', () => {
  const read = readCollectorSettings({
    HEADCOUNT_SITES: 'blog.example.org , shop.example.org',
    HEADCOUNT_ENDPOINT: 'cloudfront',
    HEADCOUNT_KEEP_DAYS: '30',
    HEADCOUNT_SETTINGS: '{"country_header":"cf-ipcountry"}',
  })
  assert.deepEqual(
    [read.behindCloudFront, read.countryHeader, read.keepDays],
    [true, 'cloudfront-viewer-country', 30],
  )
  assert.deepEqual(Array.isArray(read.sites) ? read.sites.map(({ name }) => name) : read.sites, [
    'blog.example.org',
    'shop.example.org',
  ])
})
