const COUNT = new Intl.NumberFormat('en')
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
const RATIO = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const TIMES_FROM = 10

/** `41,287`. */
export function countWords(count: number): string {
  return COUNT.format(count)
}

/** `1 page view`, `2 page views`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`
}

/** For axes: `1.5k`. */
export function compactWords(count: number): string {
  return COMPACT.format(count).replace('K', 'k')
}

/** `2.18`. */
export function ratioWords(ratio: number): string {
  return RATIO.format(ratio)
}

/** A part of a whole in whole per cent: `12%`, `<1%`, `0%`; empty where the whole is nothing. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return ''
  const share = part / whole
  return share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`
}

/** How a sum changed: `+12%`, `−5%`, `±0%`; `new` from nothing, `×12` from ten-fold on. */
export function changeWords(now: number, before: number): string {
  if (before === 0) return now === 0 ? '±0%' : 'new'
  if (now / before >= TIMES_FROM) return `×${COUNT.format(Math.round(now / before))}`
  return `${signed(Math.round((now / before - 1) * 100))}%`
}

/** How a rate (0 to 1) changed: `+1 point`, `−2 points`. */
export function pointsWords(now: number, before: number): string {
  const points = Math.round(now * 100) - Math.round(before * 100)
  return `${signed(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`
}

function signed(whole: number): string {
  if (whole === 0) return '±0'
  return `${whole < 0 ? '−' : '+'}${COUNT.format(Math.abs(whole))}`
}

/** Words joined as a person would: `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words)
}
