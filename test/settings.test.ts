import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../src/errors.ts'
import type { SettingsSources } from '../src/parse-settings.ts'
import { parseSettings } from '../src/parse-settings.ts'

function sources(toml: string, more: Partial<SettingsSources> = {}): SettingsSources {
  return { toml, file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC', ...more }
}

function faults(toml: string, more: Partial<SettingsSources> = {}): string {
  try {
    parseSettings(sources(toml, more))
  } catch (error) {
    assert(error instanceof AppError && error.code === 'SETTINGS_INVALID', String(error))
    return error.message.replace('Cannot read settings from "headcount.toml":\n  ', '')
  }
  return 'none'
}

const WRONG: [toml: string, fault: string][] = [
  ['port = "80a"', 'line 1: port is "80a": expected a whole number from 0 to 65535'],
  ['\nport = 65536', 'line 2: port is 65536: expected a whole number from 0 to 65535'],
  ['port = 1.5', 'line 1: port is 1.5: expected a whole number from 0 to 65535'],
  ['prot = 80', 'line 1: "prot" is no setting; did you mean "port"?'],
  [
    'port = 80\nport = 81',
    'line 2: Invalid TOML document: trying to redefine an already defined table or value',
  ],
  ['host = [', 'line 1: Invalid TOML document: unfinished array'],
  ['sites = "all"', 'line 1: sites is "all": expected a list, such as ["one", "two"]'],
  [
    'sites = ["a b"]',
    'line 1: sites is ["a b"]: "a b" is not right, expected a host name, such as "blog.example.org"',
  ],
  ['sites = ["api"]', 'line 1: "api" is a word of Headcount’s own addresses'],
  ['sites = ["a.example", "A.example"]', 'line 1: "a.example" is already in sites'],
  [
    'timezone = "Warsaw"',
    'line 1: timezone is "Warsaw": expected an IANA time zone, such as "Europe/Warsaw"',
  ],
  [
    'base_path = "/x/"',
    'line 1: base_path is "/x/": expected "" or a path such as "/stats", without "/" at its end',
  ],
  ['headers = "some"', 'line 1: headers is "some": expected "allowed" or "all"'],
  [
    'sites = ["a.example:80"]',
    'line 1: sites is ["a.example:80"]: "a.example:80" is not right, expected a host name, such as "blog.example.org"',
  ],
  ['site = 5', 'line 1: site is 5: expected tables, such as [site."blog.example.org"]'],
  ['raw_days = nan', 'line 1: raw_days is NaN: expected a whole number from 1 to 3650'],
  [
    'disk_free_min = [5]',
    'line 1: disk_free_min is [5]: expected bytes as a whole number, or text such as "500 MiB" or "1 GiB"',
  ],
  [
    'trust_proxy = ["192.0.2.0/33"]',
    'line 1: trust_proxy is ["192.0.2.0/33"]: "192.0.2.0/33" is not right, expected an address or network, such as "192.0.2.7" or "2001:db8::/32"',
  ],
  [
    'disk_free_min = "1 GB"',
    'line 1: disk_free_min is "1 GB": expected bytes as a whole number, or text such as "500 MiB" or "1 GiB"',
  ],
  ['view_stem = "v"', 'line 1: "v" already is visitor_stem'],
  ['event_stem = "E"', 'line 1: event_stem is "E": expected lower-case letters, digits, "-" or "_"'],
  ['window_stem = "api"', 'line 1: "api" is a word of Headcount’s own addresses'],
  ['window_stem = "x"\nsites = ["x"]', 'line 2: "x" is a word of Headcount’s own addresses'],
  [
    'sites = ["a.example"]\n# two\n[site."b.example"]\ntimezone = "UTC"',
    'line 3: "b.example" is not in sites: add it there',
  ],
  [
    'sites = ["a.example"]\n[site."a.example"]\ntimezon = "UTC"',
    'line 3: "timezon" is no setting; did you mean "timezone"?',
  ],
  [
    'sites = ["a.example", "b.example"]\n[site."a.example"]\naliases = ["b.example"]',
    'line 1: "b.example" is already in the aliases of "a.example"',
  ],
  ['week_start = "friday"', 'line 1: week_start is "friday": expected "monday" or "sunday" or "saturday"'],
  ['annotation = 5', 'line 1: expected tables, each headed [[annotation]], at most 500'],
  [
    '[[annotation]]\ndate = 2026-11-11\ntext = "one"\n[[annotation]]\ndate = "2026-02-30"\ntext = "two"',
    'line 5: date is "2026-02-30": expected a day, such as 2026-11-23',
  ],
  ['[[annotation]]\ntext = "one"', 'line 1: an annotation needs a date and a text'],
  [
    '[[annotation]]\ndate = 2026-11-11\ntext = " "',
    'line 3: text is " ": expected some words, at most 80 characters in one line',
  ],
  [
    'sites = ["a.example"]\n[[annotation]]\ndate = 2026-11-11\ntext = "one"\nsite = "b.example"',
    'line 5: "b.example" is not in sites: add it there',
  ],
  [
    '[[annotation]]\ndate = 2026-11-11\ntext = "one"\nsites = "b.example"',
    'line 4: "sites" is no setting; did you mean "site"?',
  ],
  ['sites = ["a.example"]\nignore_hosts = ["a.example"]', 'line 1: "a.example" is already in ignore_hosts'],
]

for (const [toml, fault] of WRONG) {
  test(`settings ${JSON.stringify(toml)} are refused`, () => assert.equal(faults(toml), fault))
}

const CLOSED = { public: false, badge: false }

test('all faults are reported at once', () => {
  assert.equal(faults('port = -1\n\nraw_days = 0\nfoo = 1').split('\n').length, 3)
})

test('the environment overrides the file and the command line overrides both', () => {
  const env = { HEADCOUNT_PORT: '81', HEADCOUNT_SITES: 'a.example, b.example' }
  const settings = parseSettings(sources('port = 80\nhost = "::1"', { env, flags: { port: '82' } }))
  assert.deepEqual([settings.port, settings.host], [82, '::1'])
  assert.deepEqual(settings.sites, [
    { name: 'a.example', aliases: [], timezone: 'UTC', ...CLOSED },
    { name: 'b.example', aliases: [], timezone: 'UTC', ...CLOSED },
  ])
})

test('a fault names the variable or the flag that it came from', () => {
  const found = faults('', { env: { HEADCOUNT_PORT: 'x', HEADCOUNT_PROT: '1' }, flags: { base_path: 'x' } })
  assert.match(found, /HEADCOUNT_PORT: port is "x": expected a whole number/)
  assert.match(found, /HEADCOUNT_PROT: "HEADCOUNT_PROT" is no setting; did you mean "HEADCOUNT_PORT"\?/)
  assert.match(found, /--base-path: base_path is "x"/)
})

test('sites take the zone of their table, else of the file, else of the machine', () => {
  const toml =
    'sites = ["a.example", "B.example"]\ntimezone = "Asia/Tokyo"\n[site."a.example"]\ntimezone = "Europe/Warsaw"'
  const { sites } = parseSettings(sources(toml))
  assert(typeof sites !== 'string')
  assert.deepEqual(
    sites.map(({ name, timezone }) => [name, timezone]),
    [
      ['a.example', 'Europe/Warsaw'],
      ['b.example', 'Asia/Tokyo'],
    ],
  )
})

test('without a file there are defaults, and nobody can change them', () => {
  const settings = parseSettings(sources(''))
  assert.equal(settings.sites, 'unset')
  assert.equal(settings.diskFreeMinBytes, 1_073_741_824)
  assert(Object.isFrozen(settings))
})

test('sizes may be written with a unit', () => {
  assert.equal(parseSettings(sources('disk_free_min = "500 MiB"')).diskFreeMinBytes, 524_288_000)
  assert.equal(parseSettings(sources('disk_free_min = 7')).diskFreeMinBytes, 7)
})

test('annotations are by day, whatever their order in the file and however their date is written', () => {
  const toml =
    'sites = ["a.example"]\n[[annotation]]\ndate = "2026-11-20"\ntext = "two"\nsite = "a.example"\n[[annotation]]\ndate = 2026-11-11\ntext = " one "'
  assert.deepEqual(parseSettings(sources(toml)).annotations, [
    { date: '2026-11-11', text: 'one', site: null },
    { date: '2026-11-20', text: 'two', site: 'a.example' },
  ])
})
