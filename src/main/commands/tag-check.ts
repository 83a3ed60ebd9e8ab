import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { checkPage } from '../check/check.ts'
import { isCounted, renderOutcomes } from '../check/outcomes.ts'
import { renderFindings } from '../finding.ts'
import { print } from '../output.ts'

/** `tag --check URL`: what a page counts, and what to change. @returns 1 when it counts nothing */
export async function runTagCheck(call: Call, address: string): Promise<number> {
  const { settings } = await readConfiguration(call)
  const { findings, outcomes } = await checkPage(address, settings, Date.now())
  await print(`${renderFindings(findings)}\n${renderOutcomes(outcomes)}`)
  return outcomes.some(isCounted) ? 0 : 1
}
