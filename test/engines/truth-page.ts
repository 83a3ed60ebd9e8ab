import type { Relation } from '../../src/same-site.ts'
import type { Claim, ClaimGroup } from './claim.ts'
import type { Place } from './place.ts'
import { RELATIONS } from './place.ts'
import type { Engine } from './reader.ts'
import { ENGINES } from './reader.ts'
import type { Outcome, Trial } from './run.ts'

/** The whole table, as `docs/truth.md` has it. */
export interface Truth extends Outcome {
  readonly groups: readonly ClaimGroup[]
  readonly trials: readonly Trial[]
  /** ISO 8601. */
  readonly day: string
}

const NAMES: Readonly<Record<Engine, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKitGTK',
}
const COLUMNS = ENGINES.flatMap((engine) => [true, false].map((scripts) => ({ engine, scripts })))
const RIGHT = '✓'
const UNABLE = '–'

/** The page of the documentation. */
export function renderTruth({ groups, trials, said, versions, day }: Truth): string {
  const found = new Map(trials.map(({ claim, place }, index) => [keyOf(claim, place), said[index] ?? null]))
  const sections = groups.map(({ title, claims }) => `## ${title}\n\n${renderTable(claims, found)}`)
  return `${intro(versions, day)}\n${sections.join('\n')}`
}

/** What a cell of the page says of a claim in a place; null where nothing is known there. @throws where it has no such cell */
export function readTruth(page: string, { claim, place }: Trial): string | null {
  const row = page.split('\n').find((line) => line.startsWith(`| ${claim.name}<br>`))
  const column = COLUMNS.findIndex(
    ({ engine, scripts }) => engine === place.engine && scripts === place.scripts,
  )
  const cell = row?.split(' | ')[2 + column]?.replace(/ \|$/, '')
  if (cell === undefined) throw new Error(`The page does not say what becomes of "${claim.name}"`)
  const line = cell.split('<br>').find((line) => line.startsWith(`${place.relation}: `))
  const text = line === undefined ? cell : line.slice(place.relation.length + 2)
  return text === RIGHT ? claim.truth : text === UNABLE ? null : text
}

function keyOf({ id }: Claim, { engine, scripts, relation }: Place): string {
  return [id, engine, scripts, relation].join(' ')
}

function intro(versions: readonly string[], day: string): string {
  return `# What each browser tells

Real browsers opened real pages, with a real Headcount behind them; this is what its reports said. Written by
\`npm run truth\`, nothing of it by hand: ${versions.join(', ')}, ${day}. WebKitGTK is the nearest thing to Safari
that runs on Linux; it is not Safari.

- ✓ the report says what happened; anything else is what it says instead. – the browser’s driver cannot do this.
- “on” and “off” are scripts. A cell has several lines where it matters how the collector stands to the page: on its
  own origin (\`https://blog.example/stats/\`), on the same site (\`https://c.blog.example/\`), or on another site.
- What the tags look like: [tags](tags.md).
`
}

function renderTable(claims: readonly Claim[], found: ReadonlyMap<string, string | null>): string {
  const heads = COLUMNS.map(({ engine, scripts }) => `${NAMES[engine]}, ${scripts ? 'on' : 'off'}`)
  const rows = claims.map((claim) => [
    `${claim.name}<br>*${claim.reading}*`,
    claim.truth,
    ...COLUMNS.map((column) =>
      renderCell((relation) => {
        const said = found.get(keyOf(claim, { ...column, relation })) ?? null
        return said === claim.truth ? RIGHT : (said ?? UNABLE)
      }),
    ),
  ])
  const head = ['what is done', 'what happened', ...heads]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function renderCell(said: (relation: Relation) => string): string {
  const [first = ''] = RELATIONS.map(said)
  if (RELATIONS.every((relation) => said(relation) === first)) return first
  return RELATIONS.map((relation) => `${relation}: ${said(relation)}`).join('<br>')
}
