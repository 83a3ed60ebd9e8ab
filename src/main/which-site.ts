import { AppError } from '../errors.ts'
import type { Reporter } from '../report/reporter.ts'
import { openReporter } from '../report/reporter.ts'
import type { Settings } from '../settings.ts'
import type { Call } from './command.ts'
import { misuse } from './command.ts'
import type { Configuration } from './configuration.ts'
import { openLibrary } from './library.ts'

/**
 * The site that a call is about: the one it names, else the only one there is.
 *
 * @throws {AppError} SITE_UNKNOWN for one that neither settings nor hits name; USAGE where there are several to choose from
 */
export async function siteOf(call: Call, { sites }: Settings, reporter: Reporter): Promise<string> {
  const [wanted] = call.operands
  const configured = typeof sites === 'string' ? [] : sites.map(({ name }) => name)
  if (wanted !== undefined && configured.includes(wanted)) return wanted
  const seen = wanted === undefined && configured.length > 0 ? [] : await reporter.sites()
  const names = [...new Set([...configured, ...seen.map(({ site }) => site)])]
  const some = names.slice(0, 10).join(', ')
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted
    const known = names.length === 0 ? 'no hit has come yet' : `there are ${some}`
    throw new AppError(
      'SITE_UNKNOWN',
      `Cannot report on "${wanted}": neither settings nor hits name it; ${known}`,
    )
  }
  const [only, ...more] = names
  if (only === undefined) {
    throw new AppError('SITE_UNKNOWN', 'Cannot report: no hit has come yet, and the settings name no sites')
  }
  if (more.length > 0) throw misuse('report', `say which site: ${some}`)
  return only
}

/** The same, for what needs no report but that. */
export async function siteIn(call: Call, configuration: Configuration): Promise<string> {
  const reporter = await openReporter(openLibrary(configuration))
  try {
    return await siteOf(call, configuration.settings, reporter)
  } finally {
    await reporter.close()
  }
}
