import { AppError } from '../../errors.ts'
import type { Generator } from '../../generators.ts'
import { GENERATORS } from '../../generators.ts'
import type { Relation } from '../../same-site.ts'
import { relationTo } from '../../same-site.ts'
import type { Settings } from '../../settings.ts'
import { adviseTag } from '../../tag.ts'
import type { Extra } from '../../tag-parts.ts'
import { EXTRAS } from '../../tag-parts.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { originOf } from '../http-server.ts'
import { say } from '../output.ts'
import { printTag, sayReasons } from '../print-tag.ts'
import { runTagCheck } from './tag-check.ts'

/** `tag [SITE]`: the tag to paste, and why it looks like that; with --check, what a page makes of it. */
export async function runTag(call: Call): Promise<number> {
  const page = call.text('check')
  return page === undefined ? await printTheTag(call) : await runTagCheck(call, page)
}

async function printTheTag(call: Call): Promise<number> {
  const { settings } = await readConfiguration(call)
  const site = readSite(call, settings)
  const url = call.text('url')
  const place = {
    publicUrl: publicUrl(url ?? `${originOf(settings.host, settings.port)}${settings.basePath}`),
    site,
    stems: settings.stems,
  }
  const pages = site ?? onlySite(settings)
  const relation = readRelation(call) ?? (url === undefined ? null : relationTo(pages, place.publicUrl))
  const wish = {
    place,
    relation: relation ?? 'same-site',
    generator: readGenerator('tag', call.text('for')),
    visitors: call.has('visitors'),
    extras: readExtras(call.text('with')),
  }
  const advice = adviseTag(wish)
  await printTag(advice)
  sayReasons(wish, advice)
  if (url === undefined) say(GUESSED)
  return 0
}

const GUESSED =
  '\nThe address is where the server listens. Say where browsers reach it: --url https://count.example.org'

/** @throws {AppError} SITE_UNKNOWN */
function readSite(call: Call, { sites }: Settings): string | null {
  const site = call.operands[0] ?? null
  const known = typeof sites === 'string' || sites.some(({ name }) => name === site)
  if (site === null || known) return site
  throw new AppError(
    'SITE_UNKNOWN',
    `Cannot print a tag for "${site}": it is not in sites; add it to the settings first`,
  )
}

/** The site of the pages where there is but one. */
function onlySite({ sites }: Settings): string | null {
  return typeof sites !== 'string' && sites.length === 1 ? (sites[0]?.name ?? null) : null
}

/** @throws {AppError} USAGE */
export function readGenerator(command: string, name = 'html'): Generator {
  const generator = GENERATORS.get(name)
  if (generator !== undefined) return generator
  throw misuse(command, `--for is "${name}", expected ${[...GENERATORS.keys()].join(', ')}`)
}

function readExtras(words: string | undefined): readonly Extra[] {
  return (words ?? '')
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      const extra = EXTRAS.find((known) => known === word)
      if (extra === undefined) throw misuse('tag', `--with has "${word}", expected ${EXTRAS.join(', ')}`)
      return extra
    })
}

function readRelation(call: Call): Relation | null {
  if (call.has('same-site') && call.has('cross-site'))
    throw misuse('tag', 'it is either --same-site or --cross-site')
  if (call.has('same-site')) return 'same-site'
  return call.has('cross-site') ? 'cross-site' : null
}

function publicUrl(text: string): string {
  const url = URL.parse(text)
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (!usable)
    throw misuse('tag', `--url is "${text}", expected an address such as https://count.example.org`)
  return url.href.replace(/\/$/, '')
}
