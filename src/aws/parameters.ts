import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { Settings, SiteSettings } from '../settings.ts'
import { SETTINGS } from '../settings.ts'
import { STEMS } from '../stems.ts'

/** How one option of `aws deploy` becomes a parameter of the template. */
interface DeployOption {
  readonly parameter: string
  readonly accepts: (value: string) => boolean
  readonly expected: string
}

const whole = (parameter: string, max: number): DeployOption => ({
  parameter,
  accepts: (value) => /^[1-9]\d{0,8}$/.test(value) && Number(value) <= max,
  expected: `a whole number from 1 to ${max}`,
})

const matching = (parameter: string, pattern: RegExp, expected: string): DeployOption => ({
  parameter,
  accepts: (value) => pattern.test(value),
  expected,
})

/** The options of `aws deploy` that are parameters, by name. Whatever they let pass the template does, too. */
export const DEPLOY_OPTIONS: Readonly<Record<string, DeployOption>> = {
  endpoint: matching(
    'Endpoint',
    /^(?:function-url|rest-api|cloudfront)$/,
    'function-url, rest-api or cloudfront',
  ),
  domain: matching('Domain', /^(?:[a-z\d-]+\.)+[a-z\d-]+$/, 'a host name, such as count.example.org'),
  certificate: matching(
    'CertificateArn',
    /^arn:[a-z-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    'the ARN of a certificate in us-east-1',
  ),
  'keep-days': whole('KeepDays', 365),
  billing: matching('BillingMode', /^(?:provisioned|on-demand)$/, 'provisioned or on-demand'),
  'write-capacity': whole('WriteCapacity', 40_000),
  'read-capacity': whole('ReadCapacity', 40_000),
  'max-writes': whole('MaxWriteRequestUnits', 40_000),
  'reserved-concurrency': matching(
    'ReservedConcurrency',
    /^\d{0,4}$/,
    'a whole number up to 9999, or "" for none',
  ),
  'alarm-email': matching('AlarmEmail', /^(?:\S+@\S+)?$/, 'an address of e-mail, or "" for none'),
  'permissions-boundary': matching(
    'PermissionsBoundary',
    /^(?:arn:[a-z-]+:iam::(?:\d{12}|aws):policy\/\S+)?$/,
    'the ARN of an IAM policy, or "" for none',
  ),
}

/**
 * The parameters that options ask for; options that were not given are left out.
 *
 * @param option the value of an option, undefined where it was not given
 * @throws {AppError} USAGE
 */
export function parseOptions(option: (name: string) => string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, { parameter, accepts, expected }] of Object.entries(DEPLOY_OPTIONS)) {
    const value = option(name)
    if (value === undefined) continue
    if (!accepts(value))
      throw new AppError('USAGE', `Cannot run "aws deploy": --${name} is "${value}", expected ${expected}`)
    parameters.set(parameter, value)
  }
  return parameters
}

/** Settings that mean something to the function, besides those with a parameter of their own. */
const FORWARDED = [
  'prerender',
  'indexFiles',
  'queryKeys',
  'countryHeader',
  'ignoreAddresses',
  'ignoreHosts',
] as const satisfies readonly (keyof Settings)[]

/**
 * The parameters that settings ask for.
 *
 * @throws {AppError} SETTINGS_INVALID where no sites are named, they are more than a parameter holds, or all headers are to
 * be kept
 */
export function settingsParameters(settings: Settings): ReadonlyMap<string, string> {
  const { sites, optOut, headers } = settings
  if (sites === 'unset')
    throw new AppError(
      'SETTINGS_INVALID',
      'Cannot deploy: no sites are named, and anybody could count theirs; add sites = ["blog.example.org"] to headcount.toml, or say --sites blog.example.org',
    )
  if (headers === 'all')
    throw new AppError(
      'SETTINGS_INVALID',
      'Cannot deploy: headers is "all", and on AWS a hit keeps those on the list only, so that it costs one write unit; take that line out of headcount.toml',
    )
  const parameters = new Map([
    ['Sites', sites === 'any' ? sites : sites.map(({ name }) => name).join(',')],
    ['OptOut', optOut],
    ['Settings', JSON.stringify(forwarded(settings))],
  ])
  const bytes = [...parameters.values()].reduce((sum, value) => sum + Buffer.byteLength(value), 0)
  if (bytes > LIMITS.functionSettingsBytesMax)
    throw new AppError(
      'SETTINGS_INVALID',
      `Cannot deploy: sites and settings have ${bytes} bytes, and AWS gives a function ${LIMITS.functionSettingsBytesMax}; name fewer sites or aliases`,
    )
  return parameters
}

/** By the keys of headcount.toml, without what is as it would be anyway. */
function forwarded(settings: Settings): Readonly<Record<string, unknown>> {
  const changed = FORWARDED.flatMap((name) => {
    const { key, fallback } = SETTINGS[name]
    return JSON.stringify(settings[name]) === JSON.stringify(fallback) ? [] : [[key, settings[name]] as const]
  })
  const defaults: Readonly<Record<string, string>> = { ...STEMS }
  const renamed = Object.entries(settings.stems).filter(([name, stem]) => stem !== defaults[name])
  const stems = renamed.map(([name, stem]) => [`${name}_stem`, stem] as const)
  const sites = typeof settings.sites === 'string' ? [] : settings.sites
  const tables = sites.map((site) => [site.name, siteTable(site, settings.timezone)] as const)
  const named = tables.filter(([, table]) => Object.keys(table).length > 0)
  const site = named.length === 0 ? {} : { site: Object.fromEntries(named) }
  const zone = settings.timezone === 'UTC' ? {} : { timezone: settings.timezone }
  return { ...Object.fromEntries([...changed, ...stems]), ...zone, ...site }
}

/** What a site does not have in common with the others. */
function siteTable({ aliases, timezone }: SiteSettings, common: string) {
  return { ...(aliases.length === 0 ? {} : { aliases }), ...(timezone === common ? {} : { timezone }) }
}
