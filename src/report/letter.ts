import { LIMITS } from '../limits.ts'
import type { Days } from '../period.ts'
import { dayNumber, dayOf, previousDays } from '../period.ts'
import type { Question, Report, TopRow } from './report.ts'

/** How often a letter is written: of the last whole week, or the last whole month. */
export type Pace = 'week' | 'month'

/** What stands out in a letter's days. */
export type Notable =
  /** A referrer that no earlier hit named. */
  | { readonly kind: 'new-referrer'; readonly value: string; readonly pageViews: number }
  /** A page far above its usual: the median of the weeks or months before. */
  | {
      readonly kind: 'unusual-page'
      readonly value: string
      readonly pageViews: number
      readonly usual: number
    }

/** What a person wants to know of a site once a week or once a month. */
export interface Letter {
  readonly report: Report
  readonly pace: Pace
  /** Referrers first, each sort with most views first; at most `LIMITS.notablesMax` of each. */
  readonly notables: readonly Notable[]
  /** Of how many weeks or months before, "usual" is the median; 0: there are too few to say. */
  readonly usualOf: number
}

/** What a letter is made of. */
export interface LetterWorld {
  readonly ask: (question: Question) => Promise<Report>
  /** The day of the first hit of the site; null where there is none. */
  readonly firstDay: string | null
}

export interface LetterWish {
  readonly site: string
  readonly pace: Pace
  readonly days: Days
  /** A new referrer is named from so many page views on. */
  readonly referrerFrom: number
}

/** Weeks or months before that say what is usual, and how many of them there must be. */
const USUAL_OF = { week: 8, month: 6 } as const
const USUAL_MIN = 4
/** A page below this is never unusual: by chance alone small numbers double. */
const UNUSUAL_FROM = 20

/** Asks what a letter needs: its report, the same of the time before, and each candidate's past. */
export async function readLetter(wish: LetterWish, world: LetterWorld): Promise<Letter> {
  const { site, pace, days } = wish
  const report = await world.ask({ ...question(site, days), compare: 'previous', by: LISTED })
  const before = daysBefore(days, USUAL_OF[pace]).filter(
    ({ from }) => world.firstDay !== null && from >= world.firstDay,
  )
  const usualOf = before.length < USUAL_MIN ? 0 : before.length
  const [referrers, pages] = await Promise.all([
    newReferrers(report, wish, world),
    usualOf === 0 ? [] : unusualPages(report, before, world),
  ])
  return { report, pace, notables: [...referrers, ...pages], usualOf }
}

const LISTED = ['path', 'referrer', 'country', 'channel', 'campaign'] as const

function question(site: string, days: Days): Question {
  const period = `${days.from}..${days.to}`
  return { site, period, compare: 'none', filters: [], by: [], limit: LIMITS.letterRowsRead }
}

/** The last whole week or month before today. @param weekStart 0: Sunday, 1: Monday, 6: Saturday */
export function lastWhole(pace: Pace, today: string, weekStart: number): Days {
  if (pace === 'month') {
    const to = dayOf(dayNumber(`${today.slice(0, 7)}-01`) - 1)
    return { from: `${to.slice(0, 7)}-01`, to }
  }
  const weekday = new Date(today).getUTCDay()
  const start = dayNumber(today) - ((weekday - weekStart + 7) % 7) - 7
  return { from: dayOf(start), to: dayOf(start + 6) }
}

/** The same length of time, so many times before; the latest first. */
function daysBefore(days: Days, count: number): readonly Days[] {
  const all: Days[] = []
  for (let last = days; all.length < count;) all.push((last = previousDays(last, 'previous')))
  return all
}

async function newReferrers(
  { site, period, top }: Report,
  { referrerFrom }: LetterWish,
  { ask, firstDay }: LetterWorld,
): Promise<readonly Notable[]> {
  const candidates = (top.referrer ?? [])
    .filter((row) => views(row) >= referrerFrom)
    .slice(0, LIMITS.notablesMax)
  const yesterday = dayOf(dayNumber(period.from) - 1)
  const earliest = dayOf(dayNumber(period.from) - 365 * LIMITS.periodYearsMax)
  const from = firstDay === null || firstDay < earliest ? earliest : firstDay
  // On a site that has just begun every referrer is new, which says nothing.
  if (firstDay === null || firstDay > yesterday) return []
  const known = await Promise.all(
    candidates.map(async ({ value }) => {
      const asked = {
        ...question(site, { from, to: yesterday }),
        by: ['referrer'] as const,
        search: value ?? '',
      }
      const past = await ask(asked)
      return value === null || (past.top.referrer ?? []).some((row) => row.value === value)
    }),
  )
  return candidates
    .filter((_, index) => known[index] === false)
    .map((row) => ({ kind: 'new-referrer', value: row.value ?? '', pageViews: views(row) }))
}

async function unusualPages(
  { site, top }: Report,
  before: readonly Days[],
  { ask }: LetterWorld,
): Promise<readonly Notable[]> {
  const reports = await Promise.all(before.map((days) => ask({ ...question(site, days), by: ['path'] })))
  const pasts = reports.map(({ top }) => new Map((top.path ?? []).map((row) => [row.value, views(row)])))
  return (top.path ?? [])
    .flatMap((row): readonly Notable[] => {
      const past = pasts.map((views) => views.get(row.value) ?? 0)
      const unusual = row.value !== null && isUnusual(views(row), past)
      return unusual
        ? [{ kind: 'unusual-page', value: row.value, pageViews: views(row), usual: median(past) }]
        : []
    })
    .slice(0, LIMITS.notablesMax)
}

/**
 * Whether a number is far above those of the past: by five of their deviations from the median. The deviation is the
 * median one, scaled to be a standard deviation where numbers are normal (Rousseeuw and Croux 1993), and at least that of chance
 * (Poisson). What was as high before is not unusual, and a page that is mostly not read at all is new rather.
 */
export function isUnusual(now: number, past: readonly number[]): boolean {
  const usual = median(past)
  if (now < UNUSUAL_FROM || usual === 0 || past.some((number) => number >= now)) return false
  const spread = 1.4826 * median(past.map((number) => Math.abs(number - usual)))
  return now > usual + 5 * Math.max(spread, Math.sqrt(usual))
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

function views({ pageViews }: TopRow): number {
  return pageViews ?? 0
}
