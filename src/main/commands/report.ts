import { AppError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { renderCsv, renderText } from '../../report/render.ts'
import type { Comparison, Filter, Question, Report } from '../../report/report.ts'
import type { Reporter } from '../../report/reporter.ts'
import { openReporter } from '../../report/reporter.ts'
import type { ReportColumn } from '../../row.ts'
import { REPORT_COLUMNS } from '../../row.ts'
import type { Settings } from '../../settings.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { print } from '../output.ts'

/** Listed when no --by is given. */
const LISTED: readonly ReportColumn[] = [
  'path',
  'referrer',
  'campaign',
  'country',
  'browser',
  'system',
  'device',
  'language',
]

/** `report [SITE]`: the same report as the dashboard's and the API's. */
export async function runReport(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  const asked = parseQuestion(call)
  await requireFolder(configuration.folder)
  const reporter = await openReporter(openLibrary(configuration))
  try {
    const site = call.operands[0] ?? (await onlySite(configuration.settings, reporter))
    await print(rendered(call, await reporter.ask({ ...asked, site })))
  } finally {
    await reporter.close()
  }
}

function rendered(call: Call, report: Report): string {
  if (call.has('json')) return `${JSON.stringify(report, null, 2)}\n`
  return call.has('csv') ? renderCsv(report) : renderText(report)
}

function parseQuestion(call: Call): Omit<Question, 'site'> {
  if (call.has('json') && call.has('csv')) throw misuse('report', 'either --json or --csv')
  const by = call.texts('by').map((name) => parseColumn(name))
  return {
    period: call.text('period') ?? '28d',
    compare: parseComparison(call.text('compare') ?? 'previous'),
    filters: call.texts('where').map(parseFilter),
    by: by.length === 0 ? LISTED : by,
    limit: parseLimit(call.text('limit') ?? String(LIMITS.topRowsShown)),
  }
}

function parseColumn(name: string): ReportColumn {
  const column = REPORT_COLUMNS.find((column) => column === name)
  if (column === undefined)
    throw misuse('report', `"${name}" is no column; there are ${REPORT_COLUMNS.join(', ')}`)
  return column
}

/** `COLUMN=VALUE`, `COLUMN!=VALUE`; an empty value is "not known". */
function parseFilter(text: string): Filter {
  const [, name, exclude, value] = /^(\w+)(!?)=(.*)$/s.exec(text) ?? []
  if (name === undefined) throw misuse('report', `--where is "${text}", expected COLUMN=VALUE`)
  return {
    column: parseColumn(name),
    values: [value === '' ? null : (value ?? null)],
    exclude: exclude === '!',
  }
}

function parseComparison(text: string): Comparison {
  const known: readonly Comparison[] = ['previous', 'year', 'none']
  const comparison = known.find((word) => word === text)
  if (comparison === undefined) throw misuse('report', `--compare is "${text}", expected ${known.join(', ')}`)
  return comparison
}

function parseLimit(text: string): number {
  const rows = /^\d+$/.test(text) ? Number(text) : 0
  if (rows >= 1 && rows <= LIMITS.topRowsMax) return rows
  throw misuse('report', `--limit is "${text}", expected a whole number from 1 to ${LIMITS.topRowsMax}`)
}

async function onlySite(settings: Settings, reporter: Reporter): Promise<string> {
  const named = typeof settings.sites === 'string' ? null : settings.sites.map(({ name }) => name)
  const names = named ?? (await reporter.sites()).map(({ site }) => site)
  const [only, ...more] = names
  if (only === undefined) {
    throw new AppError(
      'SITE_UNKNOWN',
      'Cannot report: no hit has come yet, and no sites are named in the settings',
    )
  }
  if (more.length > 0) throw misuse('report', `say which site: ${names.slice(0, 10).join(', ')}`)
  return only
}
