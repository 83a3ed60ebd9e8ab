import type { Letter } from '../../report/letter.ts'
import { partsOf } from './parts.ts'

const LINE_LENGTH = 76
const COUNT_LENGTH = 10

/** The letter as text for mail: lines of at most 76 characters (RFC 5322 asks for at most 78). */
export function letterText(letter: Letter): string {
  const { title, zone, totals, notables, lists, closing } = partsOf(letter)
  const parts = [
    [title, '='.repeat(Math.min(LINE_LENGTH, title.length)), `Days of ${zone}`],
    totals.map(({ name, value, change }) =>
      `${name.padEnd(18)}${value.padStart(COUNT_LENGTH)}   ${change}`.trimEnd(),
    ),
    notables.length === 0 ? [] : ['Notable', ...notables.flatMap((words) => wrapped(words, '* ', '  '))],
    ...lists.map(({ title, rows }) => [title, ...rows.map(([name, count]) => `  ${line(name, count)}`)]),
    closing.flatMap((words) => wrapped(words, '', '')),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function line(name: string, count: string): string {
  const room = LINE_LENGTH - 2 - COUNT_LENGTH
  const shown = name.length > room ? `${name.slice(0, room - 1)}…` : name
  return shown.padEnd(room) + count.padStart(COUNT_LENGTH)
}

/** Words in lines; a word that is longer than a line stands on its own. */
function wrapped(words: string, first: string, further: string): readonly string[] {
  const lines: string[] = []
  let current = first
  for (const word of words.split(' ')) {
    const fits = current.length + word.length + 1 <= LINE_LENGTH
    if (!fits && current.trim() !== '' && current !== first) {
      lines.push(current.trimEnd())
      current = further
    }
    current += `${word} `
  }
  return [...lines, current.trimEnd()]
}
