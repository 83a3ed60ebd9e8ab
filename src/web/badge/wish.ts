import { LIMITS } from '../../limits.ts'
import type { PathRules } from '../../page.ts'
import { cleanPath, pageTarget } from '../../page.ts'
import { readChoice, readOne, readWhole, refusal } from '../query.ts'

/** What a badge is asked to show. */
export interface BadgeWish {
  readonly show: 'views' | 'visitors'
  /** The page it is about, cleaned; null: the whole site. */
  readonly path: string | null
  /** As of `Question`. */
  readonly period: string
  /** Added to the number: what an older counter had. */
  readonly start: number
  readonly label: string
  /** As in `#0f766e`. */
  readonly color: string
  readonly labelColor: string
}

const SHOWN = ['views', 'visitors'] as const
const START_MAX = 999_999_999

/** Colours that have a name; dark enough that white text on them can be read (4.5:1 or more). */
const COLOURS: Readonly<Record<string, string>> = {
  petrol: '#0b6e75',
  grey: '#555555',
  blue: '#1f5fa8',
  green: '#2f6f2f',
  red: '#b3261e',
  purple: '#6b3fa0',
  black: '#222222',
}

/** The names that a badge's address may use: `p`, `show`, `period`, `start`, `label`, `color`, `labelColor`, `count`, `r`. */
const KNOWN: ReadonlySet<string> = new Set([
  'p',
  'r',
  'count',
  'show',
  'period',
  'start',
  'label',
  'color',
  'labelColor',
])

/**
 * Reads a badge's query: `?show=visitors&period=28d&label=readers&start=1200`.
 *
 * @param search without "?", escaped
 * @throws {AppError} QUESTION_INVALID naming the parameter
 */
export function parseWish(search: string, rules: PathRules): BadgeWish {
  const query = new URLSearchParams(search)
  const other = [...query.keys()].find((name) => !KNOWN.has(name))
  if (other !== undefined) throw refusal(`there is no parameter "${other}"`)
  // As the collector reads it, which counts that page.
  const page = readOne(query, 'p') === null ? null : pageTarget(search)
  if (page === null && query.has('p')) throw refusal('"p" names no page, expected a path such as /about')
  const show = readChoice(query, 'show', { known: SHOWN, fallback: 'views' as const })
  if (page !== null && show === 'visitors')
    throw refusal('visitors are known of a site, not of a page: leave out "p", or show=views')
  return {
    show,
    path: page === null ? null : cleanPath(page, rules),
    period: readOne(query, 'period') ?? 'all',
    start: readWhole(query, 'start', { min: 0, max: START_MAX }) ?? 0,
    label: readLabel(readOne(query, 'label') ?? show),
    color: readColour(query, 'color', 'petrol'),
    labelColor: readColour(query, 'labelColor', 'grey'),
  }
}

function readLabel(text: string): string {
  const label = text
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  const { badgeLabelCharactersMax: max } = LIMITS
  if (label.length <= max) return label
  throw refusal(`"label" has ${label.length} characters; at most ${max} are possible`)
}

function readColour(query: URLSearchParams, name: string, fallback: string): string {
  const value = readOne(query, name) ?? fallback
  const named = Object.hasOwn(COLOURS, value) ? COLOURS[value] : undefined
  const hex = /^#?(?:[\da-f]{3}|[\da-f]{6})$/i.test(value) ? `#${value.replace('#', '').toLowerCase()}` : null
  const colour = named ?? hex
  if (colour !== null) return colour
  throw refusal(
    `"${name}" is "${value}", expected hex digits such as 0b6e75, or ${Object.keys(COLOURS).join(', ')}`,
  )
}
