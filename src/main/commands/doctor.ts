import { AppError } from '../../errors.ts'
import { checkPage } from '../check/check.ts'
import { renderOutcomes } from '../check/outcomes.ts'
import type { Call } from '../command.ts'
import type { Configuration } from '../configuration.ts'
import { readConfiguration } from '../configuration.ts'
import { CHECKS } from '../doctor.ts'
import type { Finding } from '../finding.ts'
import { renderFindings } from '../finding.ts'
import { print } from '../output.ts'

/** `doctor [URL]`: a line for each finding, of the folder and of the page. @returns 1 when something is wrong */
export async function runDoctor(call: Call): Promise<number> {
  const [address] = call.operands
  const read = await attempt(async () => await readConfiguration(call))
  if ('failed' in read) return await tell([read.failed], '')
  const findings: Finding[] = []
  for (const check of CHECKS) {
    const done = await attempt(async () => await check(read.value))
    findings.push(...('failed' in done ? [done.failed] : done.value))
  }
  if (address === undefined) return await tell(findings, '')
  return await tellWithPage(findings, address, read.value)
}

async function tellWithPage(
  findings: readonly Finding[],
  address: string,
  { settings }: Configuration,
): Promise<number> {
  const page = await attempt(async () => await checkPage(address, settings, Date.now()))
  if ('failed' in page) return await tell([...findings, page.failed], '')
  return await tell([...findings, ...page.value.findings], `\n${renderOutcomes(page.value.outcomes)}`)
}

async function tell(findings: readonly Finding[], rest: string): Promise<number> {
  await print(`${renderFindings(findings)}${rest}`)
  return findings.every(({ ok }) => ok) ? 0 : 1
}

/** What a person can act on is a finding; anything else is a bug. */
async function attempt<T>(
  look: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly failed: Finding }> {
  try {
    return { value: await look() }
  } catch (error) {
    if (error instanceof AppError) return { failed: { ok: false, what: error.message } }
    throw error
  }
}
