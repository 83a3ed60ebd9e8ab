import { AppError } from '../../errors.ts'
import type { Call } from '../command.ts'
import type { Configuration } from '../configuration.ts'
import { readConfiguration } from '../configuration.ts'
import type { Finding } from '../doctor.ts'
import { CHECKS } from '../doctor.ts'
import { print } from '../output.ts'

/** `doctor`: a line for each finding. @returns 1 when something is wrong */
export async function runDoctor(call: Call): Promise<number> {
  const findings = await examine(call)
  await print(findings.map(({ ok, what }) => `${ok ? 'ok  ' : 'look'}  ${what}\n`).join(''))
  return findings.every(({ ok }) => ok) ? 0 : 1
}

async function examine(call: Call): Promise<readonly Finding[]> {
  let configuration: Configuration
  try {
    configuration = await readConfiguration(call)
  } catch (error) {
    return [wrong(error)]
  }
  const findings: Finding[] = []
  for (const check of CHECKS) {
    try {
      findings.push(...(await check(configuration)))
    } catch (error) {
      findings.push(wrong(error))
    }
  }
  return findings
}

/** What a person can act on is a finding; anything else is a bug. */
function wrong(error: unknown): Finding {
  if (error instanceof AppError) return { ok: false, what: error.message }
  throw error
}
