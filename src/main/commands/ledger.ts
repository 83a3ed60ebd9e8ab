import { openReporter } from '../../report/reporter.ts'
import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { requireFolder } from '../folder.ts'
import { openLibrary } from '../library.ts'
import { print } from '../output.ts'
import { renderLedger } from '../render-ledger.ts'
import { siteOf } from '../which-site.ts'

/** `ledger [SITE]`: what came, what counted, and why the rest did not. */
export async function runLedger(call: Call): Promise<void> {
  const configuration = await readConfiguration(call)
  await requireFolder(configuration.folder)
  const reporter = await openReporter(openLibrary(configuration))
  try {
    const site = call.operands.length === 0 ? null : await siteOf(call, configuration.settings, reporter)
    const ledger = await reporter.ledger(site, call.text('period') ?? '28d')
    await print(call.has('json') ? `${JSON.stringify(ledger, null, 2)}\n` : renderLedger(ledger))
  } finally {
    await reporter.close()
  }
}
