import { BEHAVIOURS } from './behaviours.ts'
import type { BehaviourName } from './behaviours.ts'
import type { Errors, Mix } from './day.ts'
import { errorsOf, READERS } from './day.ts'

/** All at once, on an ordinary day. The shares are our guess, not a measurement. */
export const ORDINARY: Mix = {
  emptied: 0.02,
  hardReload: 0.02,
  privateWindow: 0.05,
  twoDevices: 0.05,
  sharedCache: 0.005,
  atOnce: 0.02,
  back: 0.1,
  prerendered: 0.03,
  neverShown: 0.03,
  optedOut: 0.05,
  blocked: 0.1,
  disguisedBots: 0.03,
  saidBots: 0.25,
}

/** One line of the table. */
export interface Line {
  readonly what: string
  /** null: a mix. */
  readonly share: number | null
  readonly errors: Errors
}

/** Replays a behaviour alone. */
export async function behaviourLine(name: BehaviourName, share: number): Promise<Line> {
  return { what: BEHAVIOURS[name].what, share, errors: await errorsOf({ [name]: share }) }
}

/** The line as it stands in the page. */
export function renderLine({ what, share, errors }: Line): string {
  const cells = [
    what,
    share === null ? 'all together' : percent(share),
    signed(errors.views),
    signed(errors.visitors),
    signed(errors.viewsPerVisitor),
    signed(errors.bounceRate, ' points'),
    errors.known === null ? 'none' : percent(errors.known),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The line whose visitors are farthest from the truth. */
function worstOf(lines: readonly Line[]): Line {
  return lines.reduce((worst, line) => (distance(line) > distance(worst) ? line : worst))
}

/** What happens, and how wrong that makes the numbers, in words. */
function sentenceOf({ what, share, errors }: Line): string {
  return `${percent(share ?? 1)} ${what}: visitors ${signed(errors.visitors)}, bounce rate ${signed(errors.bounceRate, ' points')}`
}

/** What was replayed: nothing, each behaviour alone, each way of tagging alone, an ordinary mix. */
export interface Lines {
  readonly still: Line
  readonly deeds: readonly Line[]
  readonly tags: readonly Line[]
  readonly ordinary: Line
}

/** The lines that are farthest from the truth; the README names them too. */
function worstWords({ deeds, tags }: Lines): readonly [deed: string, tag: string] {
  return [sentenceOf(worstOf(deeds)), sentenceOf(worstOf(tags))]
}

/** `docs/accuracy.md`. */
export function renderPage(lines: Lines): string {
  const { still, deeds, tags, ordinary } = lines
  const [deed, tag] = worstWords(lines)
  return `# How exact the numbers are

Written by \`npm run accuracy\`: a day of ${READERS.toLocaleString('en')} simulated readers whose truth is known, sent through the real collector,
its log and the reporter. Each browser keeps what the answers let it keep, as [truth.md](truth.md) shows that browsers do.
The readers are simulated: how many pages they look at, and what share does what, is assumed. What the table shows is how
far each behaviour moves the numbers, so that you can judge by what you know of your own readers.

Page views and visitors: per cent of the truth. Bounce rate: points. Known: the share of page views for which the
report itself says that visitors are known; they are never worked out for the rest. Visitors are visitors of a *day*: who
comes on three days is three visitors of a week, and who reads across midnight is one of either day.

## What readers, browsers and bots do

All pages carry \`v.css\`.

${HEAD}
${[still, ...deeds, ordinary].map(renderLine).join('\n')}

Farthest from the truth: ${deed}.

The line "${ordinary.what}" is ${ordinaryWords()}. These shares are a guess.

## What the tag does

A page's own address in \`v.css?p=…\` makes each page a cache entry of its own, so that every page has visitors of its own:
for a counter on another site take the pair \`c.css?p=…\` and \`n.css\`, and on *all* pages.

${HEAD}
${tags.map(renderLine).join('\n')}

Farthest from the truth: ${tag}.
`
}

function ordinaryWords(): string {
  return Object.entries(ORDINARY)
    .map(([name, share]) => `${percent(share)} ${whatOf(name)}`)
    .join('; ')
}

const HEAD = `| what happens | share | page views | visitors | views per visitor | bounce rate | known |
|---|---|---|---|---|---|---|`

function whatOf(name: string): string {
  return new Map<string, { readonly what: string }>(Object.entries(BEHAVIOURS)).get(name)?.what ?? name
}

function distance({ errors }: Line): number {
  return Math.abs(errors.visitors ?? 0)
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

function signed(error: number | null, unit = ' %'): string {
  if (error === null) return 'not known'
  const rounded = Number((error * 100).toFixed(1))
  if (rounded === 0) return `0${unit}`
  return `${rounded > 0 ? '+' : '−'}${Math.abs(rounded)}${unit}`
}
