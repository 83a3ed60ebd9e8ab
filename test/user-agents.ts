import { readFileSync } from 'node:fs'

/** One real User-Agent and what is to be read from it; `-` for what cannot be known. */
export interface AgentCase {
  /** `Chrome 142 | Windows 10/11 | desktop` */
  readonly expected: string
  readonly userAgent: string
}

/** The cases of user-agents.txt: `browser version|system version|device|User-Agent`, one a line. */
export const AGENT_CASES: readonly AgentCase[] = readFileSync(
  `${import.meta.dirname}/user-agents.txt`,
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => {
    const [browser = '', system = '', device = '', ...userAgent] = line.split('|')
    return { expected: `${browser} | ${system} | ${device}`, userAgent: userAgent.join('|') }
  })
