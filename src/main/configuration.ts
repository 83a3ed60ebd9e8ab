import { readFile } from 'node:fs/promises'
import { AppError } from '../errors.ts'
import { parseSettings } from '../parse-settings.ts'
import type { Settings } from '../settings.ts'
import type { Call } from './command.ts'
import { errorCode } from './failure.ts'
import type { DataFolder } from './folder.ts'
import { dataFolder } from './folder.ts'

/** What a command works on: its folder and the settings that hold there. */
export interface Configuration {
  readonly folder: DataFolder
  readonly settings: Settings
  /** The file that settings come from, there or not. */
  readonly settingsFile: string
}

/** Command-line options that override settings of the same name. */
const FLAGS = [
  'host',
  'port',
  'base-path',
  'trust-proxy',
  'sites',
  'pull',
  'pull-seconds',
  'units-per-second',
]

/**
 * Reads the settings that a call names.
 *
 * @throws {AppError} SETTINGS_INVALID
 */
export async function readConfiguration(call: Call): Promise<Configuration> {
  const folder = dataFolder(call.text('data') ?? (call.has('demo') ? './headcount-demo' : './headcount-data'))
  const named = call.text('config')
  const settingsFile = named ?? folder.settings
  const toml = await readSettings(settingsFile, named === undefined)
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag.replaceAll('-', '_'), call.text(flag)]))
  const timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const settings = parseSettings({ toml, file: settingsFile, env: process.env, flags, timezone })
  return { folder, settings, settingsFile }
}

/** The time zone of a site's days. */
export function zoneOf(settings: Settings): (site: string) => string {
  const zones = new Map(
    typeof settings.sites === 'string' ? [] : settings.sites.map(({ name, timezone }) => [name, timezone]),
  )
  return (site) => zones.get(site) ?? settings.timezone
}

async function readSettings(file: string, mayBeAbsent: boolean): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (mayBeAbsent && errorCode(cause) === 'ENOENT') return ''
    const what = `the file cannot be read; check its name and permissions`
    throw new AppError('SETTINGS_INVALID', `Cannot read settings from "${file}": ${what}`, { cause })
  }
}
