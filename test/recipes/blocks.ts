import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const TEXT = readFileSync(join(import.meta.dirname, '../../docs/recipes.md'), 'utf8')

/** Headings of docs/recipes.md; the settings that all begin with stand before the first. */
export const [START, PATH, HOST, REFERRER, NO_TAG] = [
  '',
  'A path of your site',
  'A host of its own',
  'Where readers came from',
  'Without a tag',
] as const

const HEADING_OR_BLOCK = /^(?:(##+) (.*)|```(\w+)\n([^]*?)^```)$/gm

/** A piece of configuration of docs/recipes.md. */
export interface Block {
  /** Headings above it, outermost first: `A path of your site / nginx`. */
  readonly place: string
  readonly language: string
  readonly text: string
}

/** All blocks, in the order of the page. */
export const BLOCKS: readonly Block[] = parseBlocks(TEXT)

/** The texts of the blocks at this place. @throws {Error} where there are none */
export function blocksOf(place: string, language: string): readonly string[] {
  const found = BLOCKS.filter((block) => block.place === place && block.language === language)
  if (found.length === 0) throw new Error(`docs/recipes.md has no block "${place}" (${language})`)
  return found.map(({ text }) => text)
}

function parseBlocks(text: string): readonly Block[] {
  const blocks: Block[] = []
  const headings: string[] = []
  for (const [, marks = '', heading = '', language = '', body = ''] of text.matchAll(HEADING_OR_BLOCK)) {
    if (heading === '') blocks.push({ place: headings.join(' / '), language, text: body })
    else headings.splice(marks.length - 2, Infinity, heading)
  }
  return blocks
}
