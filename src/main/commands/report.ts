import { writeFile } from 'node:fs/promises'
import { renderCsv, renderText } from '../../report/render.ts'
import type { Report } from '../../report/report.ts'
import { openReporter } from '../../report/reporter.ts'
import { parseQuestion, reportJson } from '../../web/api/question.ts'
import { reportFile } from '../../web/report-file.ts'
import { parseView } from '../../web/view.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { print, say } from '../output.ts'
import { wherePairs } from '../where.ts'
import { siteOf } from '../which-site.ts'

/** `report [SITE]`: the same report as the dashboard's and the API's. */
export async function runReport(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  const query = queryOf(call)
  const file = call.text('html')
  if (file === undefined) parseQuestion('', query)
  else parseView(query)
  await requireFolder(configuration.folder)
  const library = openLibrary(configuration)
  const reporter = await openReporter(library)
  try {
    const site = await siteOf(call, configuration.settings, reporter)
    if (file === undefined) await print(rendered(call, await reporter.ask(parseQuestion(site, query))))
    else
      await putOut(
        file,
        await reportFile(site, query, { ...reporter, ...configuration.settings, now: library.now }),
      )
  } finally {
    await reporter.close()
  }
}

/** @param file its path; `-` for stdout */
async function putOut(file: string, text: string): Promise<void> {
  if (file === '-') return print(text)
  await writeFile(file, text)
  say(`Wrote "${file}"`)
}

function rendered(call: Call, report: Report): string {
  if (call.has('json')) return `${JSON.stringify(reportJson(report), null, 2)}\n`
  return call.has('csv') ? renderCsv(report) : renderText(report)
}

/** The options as a query of the API, so that both ask in the same words. */
function queryOf(call: Call): URLSearchParams {
  const forms = [call.has('json'), call.has('csv'), call.text('html') !== undefined]
  if (forms.filter(Boolean).length > 1) throw misuse('report', 'one of --json, --csv and --html')
  const query = new URLSearchParams()
  for (const option of ['period', 'compare', 'granularity', 'limit', 'search']) {
    const text = call.text(option)
    if (text !== undefined) query.append(option, text)
  }
  for (const column of call.texts('by')) query.append('by', column)
  for (const [name, value] of wherePairs('report', call)) query.append(name, value)
  return query
}
