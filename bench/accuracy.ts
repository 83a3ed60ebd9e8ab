import { writeFileSync } from 'node:fs'
import { PLAN } from './accuracy/behaviours.ts'
import type { BehaviourName } from './accuracy/behaviours.ts'
import { errorsOf } from './accuracy/day.ts'
import type { Line } from './accuracy/table.ts'
import { behaviourLine, ORDINARY, renderLine, renderPage } from './accuracy/table.ts'

interface Part {
  readonly names: readonly BehaviourName[]
  readonly shares: readonly number[]
}

/** Every behaviour with every share, one after the other: each is a day of its own. */
async function replayed({ names, shares }: Part): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const name of names) for (const share of shares) lines.push(say(await behaviourLine(name, share)))
  return lines
}

function say(line: Line): Line {
  process.stdout.write(`${renderLine(line)}\n`)
  return line
}

const page = renderPage({
  still: say({ what: 'nothing of this', share: 0, errors: await errorsOf({}) }),
  deeds: await replayed(PLAN.deeds),
  tags: await replayed(PLAN.tags),
  ordinary: say({ what: 'an ordinary day', share: null, errors: await errorsOf(ORDINARY) }),
})
writeFileSync(new URL('../docs/accuracy.md', import.meta.url), page)
