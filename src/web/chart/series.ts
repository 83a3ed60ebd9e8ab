import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { compactWords } from '../words.ts'
import type { BarShape } from './bars.ts'
import { barShapes } from './bars.ts'
import type { Axis } from './scale.ts'
import { axisTo, percent } from './scale.ts'

/** One bar. */
export interface Bar extends BarShape {
  /** Where a click leads; null: nowhere. */
  readonly href: string | null
  /** Two lines above the bars while the pointer is on it. */
  readonly value: string
  readonly note: string
  /** Word below the axis. */
  readonly tick: string | null
}

/** What the owner noted about a day. */
export interface Note {
  /** Index of the bar that the day falls into. */
  readonly bar: number
  readonly text: string
}

export interface Series {
  readonly bars: readonly Bar[]
  /** Heights of the line behind, one a bar at most; empty for none. */
  readonly before: readonly number[]
  /** Whether each bar has a line on top. */
  readonly capped: boolean
  /** In the order of their bars. */
  readonly notes: readonly Note[]
}

/** Share of the width, from either edge, where the words of a bar are aligned with it instead of centred. */
const EDGE = 0.15
/** Share of the width that a character of a note needs, at least, on a desktop. */
const CHARACTER = 0.009
/** More bars than this are too thin to point at: they have no words of their own. */
const POINTED_MAX = 130

/**
 * Sums over time as bars from zero, and those of the period before as a line. Words are placed in per cent of the
 * picture, so that they keep their size; see chart.css for what classes fix. It is hidden from screen readers and from
 * the keyboard: the page must have the same numbers, notes and links as a table.
 */
export function seriesChart({ bars, before, capped, notes }: Series): Html {
  const axis = axisTo(Math.max(0, ...before, ...bars.map((bar) => bar.amount)))
  return html`<svg class="plot" aria-hidden="true">
${axis.grid.map((value) => gridLine(value, axis))}
${barShapes({ bars, before, capped }, axis)}${bars.map((bar, index) => hatching(bar, { index, count: bars.length, axis }))}
<line class="zero" x2="100%" y1="100%" y2="100%"/>${bars.map(({ tick }, index) => tickMark(tick, index, bars.length))}
${noteMarks(notes, bars.length)}
${bars.length > POINTED_MAX ? null : pointed(bars)}</svg>`
}

function gridLine(value: number, axis: Axis): Html {
  const y = percent(axis.top - value, axis.top)
  return html`<line class="grid" x2="100%" y1="${y}" y2="${y}"/><text x="-8" y="${y}" dy="4" text-anchor="end">${compactWords(value)}</text>`
}

interface Place {
  readonly index: number
  readonly count: number
  readonly axis: Axis
}

/** Not among the shapes that are stretched: its lines would be too. */
function hatching({ progress, amount }: Bar, { index, count, axis }: Place): Html | null {
  if (progress !== 'unfinished') return null
  const [y, height] = [percent(axis.top - amount, axis.top), percent(amount, axis.top)]
  return html`<rect class="hatched" x="${percent(index + 0.07, count)}" width="${percent(0.86, count)}" y="${y}" height="${height}" fill="url(#unfinished)"/>`
}

function tickMark(tick: string | null, index: number, count: number): Html | null {
  if (tick === null) return null
  const [x, anchor] = index === count - 1 ? ['100%', 'end'] : [percent(index + 0.5, count), 'middle']
  return html`<text x="${x}" y="100%" dy="18" text-anchor="${anchor}">${tick}</text>`
}

/** Dotted lines, with their words on the side where no other line or word is; where there is none, without. */
function noteMarks(notes: readonly Note[], count: number): readonly Html[] {
  const places = notes.map(({ bar, text }) => ({
    at: (bar + 0.5) / count,
    width: text.length * CHARACTER,
    text,
  }))
  let taken = 0
  return places.map(({ at, width, text }, index) => {
    const end = places[index + 1]?.at ?? 1
    const side = at + width <= end ? 'start' : at - width >= taken ? 'end' : null
    taken = side === 'start' ? at + width : at
    return noteMark(at, text, side)
  })
}

function noteMark(at: number, text: string, side: 'start' | 'end' | null): Html {
  const x = percent(at, 1)
  return html`<line class="noted" x1="${x}" x2="${x}" y2="100%"/>${
    side === null
      ? null
      : html`<text x="${x}" dx="${side === 'start' ? 5 : -5}" dy="10" text-anchor="${side}">${text}</text>`
  }
`
}

/** What the pointer finds: a bar's column, its words, and where it leads. */
function pointed(bars: readonly Bar[]): readonly (Html | null)[] {
  const columns = bars.map((bar, index) => ({
    side: sideOf((index + 0.5) / bars.length),
    mark: column(bar, index, bars.length),
  }))
  return SIDES.map((side) => {
    const own = columns.filter((one) => one.side === side)
    if (own.length === 0) return null
    return html`<g class="${side}">${own.map(({ mark }) => mark)}</g>
`
  })
}

const SIDES = ['left', 'middle', 'right'] as const

function sideOf(middle: number): (typeof SIDES)[number] {
  if (middle < EDGE) return 'left'
  return middle > 1 - EDGE ? 'right' : 'middle'
}

function column({ progress, href, value, note }: Bar, index: number, count: number): Html | null {
  if (progress === 'to-come') return null
  const link = href === null ? null : html` href="${href}" tabindex="-1"`
  return html`
<a${link}><svg x="${percent(index, count)}" width="${percent(1, count)}"><rect/><text>${value}</text><text>${note}</text></svg></a>`
}
