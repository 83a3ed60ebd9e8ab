import type { CollectSettings } from '../collect/rules.ts'
import type { Stems } from '../stems.ts'
import { STEMS } from '../stems.ts'

/** Settings of the function. */
export interface CollectorSettings extends CollectSettings {
  /** Path in front of the resources; "" for none. */
  readonly basePath: string
  /** Whether all requests come through CloudFront. */
  readonly behindCloudFront: boolean
  readonly table: string
  /** Days until DynamoDB may delete a hit. */
  readonly keepDays: number
}

/** Keys of headcount.toml that mean something here. */
interface FileSettings extends Partial<Pick<CollectSettings, 'prerender'>> {
  readonly site?: Readonly<
    Record<string, { readonly aliases?: readonly string[]; readonly timezone?: string } | undefined>
  >
  readonly timezone?: string
  readonly base_path?: string
  readonly view_stem?: string
  readonly visitor_stem?: string
  readonly number_stem?: string
  readonly window_stem?: string
  readonly event_stem?: string
  readonly ping_stem?: string
  readonly csp_stem?: string
  readonly badge_stem?: string
  readonly index_files?: readonly string[]
  readonly query_keys?: readonly string[]
  readonly country_header?: string
  readonly ignore_addresses?: readonly string[]
  readonly ignore_hosts?: readonly string[]
}

/**
 * Reads the function's environment, which the template sets: `HEADCOUNT_SITES` (host names with commas between),
 * `HEADCOUNT_OPT_OUT`, `HEADCOUNT_TABLE`, `HEADCOUNT_KEEP_DAYS`, `HEADCOUNT_ENDPOINT` (`cloudfront` when that stands in
 * front) and `HEADCOUNT_SETTINGS`: other keys of headcount.toml, as JSON. `aws deploy` has checked them all with the parser
 * of that file; defaults are the same (tested).
 */
export function readCollectorSettings(env: Readonly<Record<string, string | undefined>>): CollectorSettings {
  const settings = parseFile(env['HEADCOUNT_SETTINGS'])
  const behindCloudFront = env['HEADCOUNT_ENDPOINT'] === 'cloudfront'
  const optOut = env['HEADCOUNT_OPT_OUT']
  return {
    sites: parseSites(env['HEADCOUNT_SITES'] ?? '', settings),
    timezone: settings.timezone ?? 'UTC',
    optOut: optOut === 'count' || optOut === 'refuse' ? optOut : 'reduce',
    prerender: settings.prerender ?? 'refuse',
    basePath: settings.base_path ?? '',
    stems: parseStems(settings),
    indexFiles: settings.index_files ?? ['index.html', 'index.htm'],
    queryKeys: settings.query_keys ?? [],
    countryHeader: behindCloudFront ? 'cloudfront-viewer-country' : (settings.country_header ?? null),
    ignoreAddresses: settings.ignore_addresses ?? [],
    ignoreHosts: settings.ignore_hosts ?? [],
    behindCloudFront,
    table: env['HEADCOUNT_TABLE'] ?? '',
    keepDays: Number(env['HEADCOUNT_KEEP_DAYS'] ?? 365),
  }
}

function parseFile(json = '{}'): FileSettings {
  const settings: FileSettings = JSON.parse(json)
  return settings
}

function parseStems(settings: FileSettings): Stems {
  return {
    view: settings.view_stem ?? STEMS.view,
    visitor: settings.visitor_stem ?? STEMS.visitor,
    number: settings.number_stem ?? STEMS.number,
    window: settings.window_stem ?? STEMS.window,
    event: settings.event_stem ?? STEMS.event,
    ping: settings.ping_stem ?? STEMS.ping,
    csp: settings.csp_stem ?? STEMS.csp,
    badge: settings.badge_stem ?? STEMS.badge,
  }
}

function parseSites(names: string, { site = {}, timezone = 'UTC' }: FileSettings): CollectSettings['sites'] {
  if (names === 'any') return 'any'
  const hosts = names.split(',').map((name) => name.trim())
  return hosts.map((name) => ({
    name,
    aliases: site[name]?.aliases ?? [],
    timezone: site[name]?.timezone ?? timezone,
  }))
}
