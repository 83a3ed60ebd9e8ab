import { AppError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { Filter } from '../../report/report.ts'
import { readFilters } from '../../web/query.ts'
import { filterWords } from '../../web/page/filters.ts'
import type { Share } from '../../web/share.ts'
import { makeShare } from '../../web/share.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { createFolder } from '../folder.ts'
import { print, say } from '../output.ts'
import { changeSecrets, readSecrets } from '../secrets.ts'
import { siteIn } from '../which-site.ts'
import { wherePairs } from '../where.ts'

const NAME = /^[\w.:[\]-]{1,253}$/
const DAYS_MAX = 3_650
const DAY_MS = 86_400_000

/** `share make [SITE]`: prints the path of the link alone, so that a script can take it. */
export async function runShareMake(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  const filters = filtersOf(call)
  const days = daysOf(call)
  await createFolder(configuration.folder)
  const site = await siteIn(call, configuration)
  const name = nameOf(call, site)
  const madeMs = Date.now()
  const untilMs = days === null ? null : madeMs + days * DAY_MS
  const { secret, share } = makeShare({ name, site, filters, untilMs, madeMs })
  await changeSecrets(configuration.folder.secrets, (kept) => ({
    ...kept,
    shares: withShare(kept.shares, share),
  }))
  await print(`${configuration.settings.basePath}/share/${secret}\n`)
  say(
    `Put the address of your server before it. Who has it sees ${seen(share)}, ${ends(share)}. It is shown only now.`,
  )
}

/** `share list`: never the links themselves. */
export async function runShareList(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const shares = (await readSecrets(folder.secrets))?.shares ?? []
  if (call.has('json')) {
    const listed = shares.map(({ name, site, filters, untilMs, madeMs }) => ({
      name,
      site,
      filters,
      made: new Date(madeMs).toISOString(),
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
    }))
    return print(`${JSON.stringify(listed, null, 2)}\n`)
  }
  await print(shares.map((share) => `${share.name}  ${seen(share)}, ${ends(share)}\n`).join(''))
}

/** `share revoke NAME`. */
export async function runShareRevoke(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const name = call.operands[0] ?? ''
  await changeSecrets(folder.secrets, (kept) => ({ ...kept, shares: withoutShare(kept.shares, name) }))
  say(`The link "${name}" shows nothing any more. A running server knows it within seconds.`)
}

function filtersOf(call: Call): readonly Filter[] {
  const query = new URLSearchParams()
  for (const [name, value] of wherePairs('share make', call)) query.append(name, value)
  return readFilters(query)
}

function nameOf(call: Call, site: string): string {
  const name = call.text('name') ?? site
  if (NAME.test(name)) return name
  throw misuse('share make', `--name is "${name}", expected letters, digits, ".", "_" and "-"`)
}

function daysOf(call: Call): number | null {
  const text = call.text('days')
  if (text === undefined) return null
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days >= 1 && days <= DAYS_MAX) return days
  throw misuse('share make', `--days is "${text}", expected a whole number from 1 to ${DAYS_MAX}`)
}

function seen({ site, filters }: { site: string; filters: readonly Filter[] }): string {
  return filters.length === 0 ? site : `${site} where ${filterWords(filters)}`
}

function ends({ untilMs }: Share): string {
  return untilMs === null ? 'until it is revoked' : `until ${new Date(untilMs).toISOString()}`
}

function withShare(shares: readonly Share[], share: Share): readonly Share[] {
  const { name } = share
  if (shares.some((one) => one.name === name))
    throw refused(`make link "${name}": there is one; revoke it first, or choose another name`)
  if (shares.length >= LIMITS.sharesMax)
    throw refused(
      `make link "${name}": there are ${shares.length}; revoke those that nobody uses, see "headcount share list"`,
    )
  return [...shares, share]
}

function withoutShare(shares: readonly Share[], name: string): readonly Share[] {
  const others = shares.filter((one) => one.name !== name)
  if (others.length < shares.length) return others
  throw refused(`revoke link "${name}": there is none of this name, see "headcount share list"`)
}

function refused(what: string): AppError {
  return new AppError('USAGE', `Cannot ${what}`)
}
