import { parse, TomlError } from 'smol-toml'
import { AppError } from './errors.ts'
import { quote } from './setting-values.ts'
import { LIMITS } from './limits.ts'
import type { Annotation, Setting, Settings, SiteSettings } from './settings.ts'
import { ANNOTATION_SETTINGS, SETTINGS, SITE_SETTINGS, STEM_SETTINGS } from './settings.ts'
import type { Stems } from './stems.ts'
import { STEMS } from './stems.ts'
import { tomlLines } from './toml-lines.ts'

/** Where settings come from; where two name the same one, the later of toml, env and flags wins. */
export interface SettingsSources {
  /** Text of the settings file; empty where there is none. */
  readonly toml: string
  /** Name of that file, for messages. */
  readonly file: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** From the command line: key → text. */
  readonly flags: Readonly<Record<string, string | undefined>>
  /** The machine's zone: that of sites which name none. */
  readonly timezone: string
}

/**
 * Reads all settings at once, so that a wrong file is put right in one go.
 *
 * @throws {AppError} SETTINGS_INVALID, a line in the message for each fault: where, what, what would be right
 */
export function parseSettings(sources: SettingsSources): Settings {
  const reading = new Reading(sources)
  const values = reading.values(SETTINGS)
  const stems = reading.values(STEM_SETTINGS)
  const zone = values.timezone ?? sources.timezone
  const reserved = new Set([...RESERVED, ...Object.values(stems)])
  const sites = typeof values.sites === 'string' ? values.sites : reading.sites(values.sites, zone, reserved)
  const annotations = reading.annotations(sites)
  reading.refuseUnknown(sites)
  reading.refuseClashes(sites, values.ignoreHosts)
  reading.refuseStemClashes(stems)
  reading.refuseUserHeader(values)
  reading.finish()
  return Object.freeze({ ...values, timezone: zone, sites, annotations, stems: Object.freeze(stems) })
}

/** `HEADCOUNT_PORT` for `port`. */
function environmentName(key: string): string {
  return `HEADCOUNT_${key.toUpperCase()}`
}

/** Words of the server's own addresses: no site and no stem may have them. */
const RESERVED: ReadonlySet<string> = new Set(
  'api dashboard demo healthz login logout metrics robots.txt share'.split(' '),
)

const OWN_WORD = 'is a word of Headcount’s own addresses'

type Table = Readonly<Record<string, Setting<unknown>>>
type Values<T extends Table> = { readonly [Name in keyof T]: T[Name]['fallback'] }
type Toml = Readonly<Record<string, unknown>>

/** One reading of one set of sources: gathers faults until `finish`. */
class Reading {
  readonly #sources: SettingsSources
  readonly #lines: ReadonlyMap<string, number>
  readonly #toml: Toml
  readonly #faults: string[] = []

  constructor(sources: SettingsSources) {
    this.#sources = sources
    this.#toml = this.#parse(sources.toml)
    this.#lines = tomlLines(sources.toml)
  }

  values<T extends Table>(table: T): Values<T> {
    const { env, flags } = this.#sources
    return this.#read(table, (setting) => {
      const [flag, variable] = [flags[setting.key], environmentName(setting.key)]
      if (flag !== undefined) return [setting.kind.fromText(flag), `--${setting.key.replaceAll('_', '-')}`]
      const text = env[variable]
      if (text !== undefined) return [setting.kind.fromText(text), variable]
      return [this.#toml[setting.key], this.#at([setting.key])]
    })
  }

  sites(names: readonly string[], zone: string, reserved: ReadonlySet<string>): readonly SiteSettings[] {
    return names.map((name) => {
      if (reserved.has(name)) this.#fault(this.#at(['sites']), `${quote(name)} ${OWN_WORD}`)
      const own = asTable(asTable(this.#toml['site'])[name])
      const values = this.#read(SITE_SETTINGS, ({ key }) => [own[key], this.#at(['site', name, key])])
      return Object.freeze({ name, ...values, timezone: values.timezone ?? zone })
    })
  }

  /** @param sites those that an annotation may name */
  annotations(sites: Settings['sites']): readonly Annotation[] {
    const tables = this.#toml['annotation'] ?? []
    if (!Array.isArray(tables) || tables.length > LIMITS.annotationsMax) {
      const expected = `tables, each headed [[annotation]], at most ${LIMITS.annotationsMax}`
      this.#fault(this.#at(['annotation']), `expected ${expected}`)
      return []
    }
    const read = tables.map((table, index) => this.#annotation(asTable(table), index, sites))
    return Object.freeze(read.sort((a, b) => a.date.localeCompare(b.date)))
  }

  #annotation(table: Toml, index: number, sites: Settings['sites']): Annotation {
    const path = ['annotation', String(index)]
    this.#refuseKeys(table, Object.keys(ANNOTATION_SETTINGS), path)
    const { date, text, site } = this.#read(ANNOTATION_SETTINGS, ({ key }) => [
      table[key],
      this.#at([...path, key]),
    ])
    if (table['date'] === undefined || table['text'] === undefined)
      this.#fault(this.#at(path), 'an annotation needs a date and a text')
    const listed = typeof sites === 'string' || sites.some(({ name }) => name === site)
    if (site !== null && !listed)
      this.#fault(this.#at([...path, 'site']), `${quote(site)} is not in sites: add it there`)
    return Object.freeze({ date: date ?? '', text: text ?? '', site })
  }

  refuseUnknown(sites: Settings['sites']): void {
    const single = Object.values({ ...SETTINGS, ...STEM_SETTINGS }).map(({ key }) => key)
    const known = [...single, 'site', 'annotation']
    this.#refuseKeys(this.#toml, known, [])
    const tables = this.#toml['site']
    if (tables !== undefined && typeof tables !== 'object') {
      this.#fault(
        this.#at(['site']),
        `site is ${quote(tables)}: expected tables, such as [site."blog.example.org"]`,
      )
    }
    for (const [name, table] of Object.entries(asTable(tables))) {
      const path = ['site', name]
      const listed = Array.isArray(sites) && sites.some((site) => site.name === name)
      if (!listed) this.#fault(this.#at(path), `${quote(name)} is not in sites: add it there`)
      this.#refuseKeys(asTable(table), Object.keys(SITE_SETTINGS), path)
    }
    const variables = known.map(environmentName)
    for (const name of Object.keys(this.#sources.env)) {
      if (name.startsWith('HEADCOUNT_') && !variables.includes(name))
        this.#fault(name, unknown(name, variables))
    }
  }

  /** No host may lead to two sites, nor be counted and ignored. */
  refuseClashes(sites: Settings['sites'], ignored: readonly string[]): void {
    const owners = new Map<string, string>(ignored.map((host) => [host, 'ignore_hosts']))
    for (const { name, aliases } of typeof sites === 'string' ? [] : sites) {
      for (const host of [name, ...aliases]) {
        const owner = owners.get(host)
        const where = host === name ? ['sites'] : ['site', name, 'aliases']
        if (owner !== undefined) this.#fault(this.#at(where), `${quote(host)} is already in ${owner}`)
        owners.set(host, host === name ? 'sites' : `the aliases of ${quote(name)}`)
      }
    }
  }

  /** No address may mean two things. */
  refuseStemClashes(stems: Stems): void {
    const all = Object.entries(stems)
    const defaults: Readonly<Record<string, string>> = { ...STEMS }
    for (const [name, stem] of all) {
      if (stem === defaults[name]) continue
      const other = all.find(([otherName, otherStem]) => otherName !== name && otherStem === stem)?.[0]
      const clash = other === undefined ? RESERVED.has(stem) && OWN_WORD : `already is ${other}_stem`
      if (clash !== false) this.#fault(this.#at([`${name}_stem`]), `${quote(stem)} ${clash}`)
    }
  }

  /** Whoever can reach the server could send it. */
  refuseUserHeader({ trustUserHeader, trustProxy }: Pick<Settings, 'trustUserHeader' | 'trustProxy'>): void {
    if (trustUserHeader === null || trustProxy.length > 0) return
    const remedy = 'name the proxy that sends it in trust_proxy, which nobody else may reach this server past'
    this.#fault(this.#at(['trust_user_header']), `trust_user_header is ${quote(trustUserHeader)}: ${remedy}`)
  }

  finish(): void {
    if (this.#faults.length === 0) return
    const faults = this.#faults.map((fault) => `\n  ${fault}`).join('')
    throw new AppError('SETTINGS_INVALID', `Cannot read settings from "${this.#sources.file}":${faults}`)
  }

  #parse(toml: string): Toml {
    try {
      return parse(toml)
    } catch (error) {
      if (!(error instanceof TomlError)) throw error
      this.#fault(`line ${error.line}`, error.message.split('\n')[0] ?? '')
      return {}
    }
  }

  #read<T extends Table>(table: T, find: (setting: Setting<unknown>) => [unknown, string]): Values<T> {
    const entries = Object.entries(table).map(([name, setting]) => {
      const [value, where] = find(setting)
      return [name, value === undefined ? setting.fallback : this.#value(setting, value, where)]
    })
    // One parsed value for each name of the table, which the type of Object.fromEntries cannot say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return Object.fromEntries(entries) as Values<T>
  }

  #value(setting: Setting<unknown>, value: unknown, where: string): unknown {
    try {
      return setting.kind.parse(value)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#fault(where, `${setting.key} is ${quote(value)}: ${error.message}`)
      return setting.fallback
    }
  }

  #refuseKeys(table: Toml, known: readonly string[], path: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (!known.includes(key)) this.#fault(this.#at([...path, key]), unknown(key, known))
    }
  }

  #at(path: readonly string[]): string {
    const line = this.#lines.get(JSON.stringify(path))
    return line === undefined ? path.join('.') : `line ${line}`
  }

  #fault(where: string, what: string): void {
    this.#faults.push(`${where}: ${what}`)
  }
}

function asTable(value: unknown): Toml {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function unknown(name: string, known: readonly string[]): string {
  const near = known.find((other) => distance(name, other) <= 2)
  return `${quote(name)} is no setting; ${near === undefined ? `there are ${known.join(', ')}` : `did you mean ${quote(near)}?`}`
}

/** How many letters must be put in, left out or changed to make `b` of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (const [j, other] of Array.from(b).entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, change))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
