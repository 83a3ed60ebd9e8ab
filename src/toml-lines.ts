import { parse, TomlError } from 'smol-toml'

const HEADER = /^\s*\[[^[].*\]\s*(#.*)?$/
const LIST_HEADER = /^\s*\[\[.*\]\]\s*(#.*)?$/
const KEY = /^\s*((?:[\w-]+|"[^"]*"|'[^']*'|\s*\.\s*)+?)\s*=/

/**
 * Tells where the keys of a TOML text stand, which its parser forgets.
 *
 * @returns dotted path as JSON (`["site","blog.example.org","timezone"]`) → line, from 1; tables included, those of a
 *   list by their place in it (`["annotation","0","date"]`)
 */
export function tomlLines(toml: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  let table: readonly string[] = []
  for (const [index, line] of toml.split('\n').entries()) {
    if (HEADER.test(line)) table = pathOf(line)
    if (LIST_HEADER.test(line)) table = nextOf(pathOf(line).slice(0, -1), lines)
    const key = KEY.exec(line)?.[1]
    const path = key === undefined ? table : [...table, ...pathOf(`${key} = 0`)]
    const name = JSON.stringify(path)
    if (!lines.has(name)) lines.set(name, index + 1)
  }
  return lines
}

/** The path of the next table of a list: those that have a line are before it. */
function nextOf(list: readonly string[], lines: ReadonlyMap<string, number>): readonly string[] {
  let place = 0
  while (lines.has(JSON.stringify([...list, String(place)]))) place++
  return [...list, String(place)]
}

/** The names that lead to the one leaf which `line` makes. Text that only looks like a key leads nowhere. */
function pathOf(line: string): readonly string[] {
  const names: string[] = []
  let level: unknown = parseLine(line)
  while (typeof level === 'object' && level !== null) {
    const [name, next] = Object.entries(level)[0] ?? []
    if (name === undefined) break
    names.push(name)
    level = next
  }
  return names
}

function parseLine(line: string): unknown {
  try {
    return parse(line)
  } catch (error) {
    if (error instanceof TomlError) return {}
    throw error
  }
}
