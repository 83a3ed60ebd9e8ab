import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { openCountries } from '../collect/country.ts'
import type { Chunk } from '../log/hot-log.ts'
import { askHolder } from '../log/lock.ts'
import { tailChunks } from '../segment/lineage.ts'
import type { Configuration } from './configuration.ts'
import { diskFreeBytes } from './disk.ts'
import { errorCode } from './failure.ts'
import type { Finding } from './finding.ts'
import { fine, look } from './finding.ts'
import { requireFolder } from './folder.ts'
import { isThisMachine } from './http-server.ts'
import { openLibrary } from './library.ts'

/** All that `doctor` looks at, in order. */
export const CHECKS: readonly ((configuration: Configuration) => Promise<readonly Finding[]>)[] = [
  checkSites,
  checkProxy,
  checkFolder,
  checkPrivacyOf,
  checkDisk,
  checkLock,
  checkLog,
  checkClock,
  checkSegments,
  checkCountries,
]

const HOUR_MS = 3_600_000
const MONTH_MS = 30 * 24 * HOUR_MS
const COUNTRIES_MONTHS_MAX = 18

async function checkSites({ settings, settingsFile }: Configuration) {
  const { sites } = settings
  if (sites === 'any') return fine(`sites: any, by "${settingsFile}"`)
  if (sites !== 'unset') return fine(`sites: ${sites.map(({ name }) => name).join(', ')}`)
  const line = `add sites = ["blog.example.org"] to "${settingsFile}"`
  if (isThisMachine(settings.host))
    return fine(`sites: every one, since only this machine is listened to; for real use ${line}`)
  return look(`sites: none are named, and serve would not start on "${settings.host}": ${line}`)
}

async function checkProxy({ settings }: Configuration) {
  const flood =
    settings.floodPerMinute === 0 ? 'off by setting' : `${settings.floodPerMinute} hits a minute and address`
  if (settings.trustProxy.length > 0)
    return fine(`flood control: ${flood}; trusted proxies: ${settings.trustProxy.join(', ')}`)
  if (!isThisMachine(settings.host) || settings.sites === 'unset')
    return fine(`flood control: ${flood}; no proxy is trusted`)
  return look(
    'trust_proxy: not set, while only this machine is listened to. Behind a proxy countries are then unknown and ' +
      'flood control is off: add trust_proxy = ["127.0.0.1", "::1"] and have the proxy send X-Forwarded-For',
  )
}

async function checkFolder({ folder }: Configuration) {
  await requireFolder(folder)
  for (const dir of [folder.dir, folder.log, folder.segments]) {
    try {
      await access(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      return look(`data folder: "${dir}" cannot be used (${errorCode(error)}); give it to this user`)
    }
  }
  return fine(`data folder: ${folder.dir}`)
}

async function checkPrivacyOf({ folder }: Configuration) {
  for (const [file, mode] of [
    [folder.dir, '700'],
    [folder.secrets, '600'],
  ] as const) {
    const found = await modeOf(file)
    if (found !== null && (found & 0o077) !== 0) {
      return look(`permissions: others on this machine can read "${file}"; run chmod ${mode} "${file}"`)
    }
  }
  return fine('permissions: folder and secrets are for their owner alone')
}

async function modeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mode
  } catch {
    return null
  }
}

async function checkDisk({ folder, settings }: Configuration) {
  const free = await diskFreeBytes(folder.dir)
  const what = `disk: ${gib(free)} free, disk_free_min is ${gib(settings.diskFreeMinBytes)}`
  if (free >= settings.diskFreeMinBytes) return fine(what)
  return look(`${what}: hits are answered 503; make room`)
}

async function checkLock({ folder }: Configuration) {
  const holder = await askHolder(folder.lock)
  return fine(holder === null ? 'lock: free, no server runs here' : `lock: held by ${holder}`)
}

async function checkLog(configuration: Configuration) {
  const { log } = openLibrary(configuration)
  const chunks = await log.chunks()
  let damaged = 0
  for (const { name } of chunks.slice(-24)) for await (const batch of log.read(name)) damaged += batch.damaged
  const what = `log: ${chunks.length} chunks, ${mib(chunks)}`
  if (damaged === 0) return fine(what)
  return look(
    `${what}, ${damaged} lines that hold no hit (writes that were cut off, never answered as kept); check the disk`,
  )
}

async function checkClock(configuration: Configuration) {
  const { log, now } = openLibrary(configuration)
  const last = (await log.chunks()).at(-1)
  let newestMs = -Infinity
  if (last !== undefined) {
    for await (const { hits } of log.read(last.name))
      for (const { timeMs } of hits) newestMs = Math.max(newestMs, timeMs)
  }
  const aheadMs = newestMs - now()
  if (aheadMs < 60_000) return fine(`clock: ${new Date(now()).toISOString()}, not before the newest hit`)
  return look(
    `clock: the newest hit is ${Math.round(aheadMs / 60_000)} minutes in the future; set the clock (timedatectl)`,
  )
}

async function checkSegments(configuration: Configuration) {
  const { log, store, now } = openLibrary(configuration)
  const { segments, damaged } = await store.scan()
  if (damaged.length > 0) return damaged.map(({ error }) => ({ ok: false, what: error.message }))
  const tail = tailChunks(await log.chunks(), segments)
  const overdue = tail.filter(
    ({ name, closed }) => closed && now() - Date.parse(`${name.slice(0, 13)}:00Z`) > 3 * HOUR_MS,
  )
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0)
  const what = `segments: ${segments.length} files, ${rows} rows; tail: ${tail.length} chunks, ${mib(tail)}`
  if (overdue.length === 0) return fine(what)
  return look(`${what}, ${overdue.length} of them for hours; run "headcount compact" and read what it says`)
}

async function checkCountries({ settings }: Configuration) {
  if (settings.countryHeader !== null) return fine(`countries: from the header ${settings.countryHeader}`)
  const { builtMs } = openCountries()
  const months = Math.floor((Date.now() - builtMs) / MONTH_MS)
  const what = `countries: database of ${new Date(builtMs).toISOString().slice(0, 10)}`
  if (months < COUNTRIES_MONTHS_MAX) return fine(what)
  return look(`${what}, ${months} months old; addresses move, so update Headcount`)
}

function gib(bytes: number): string {
  return `${(bytes / 1_024 ** 3).toFixed(1)} GiB`
}

function mib(chunks: readonly Chunk[]): string {
  return `${(chunks.reduce((sum, chunk) => sum + chunk.bytes, 0) / 1_024 ** 2).toFixed(1)} MiB`
}
