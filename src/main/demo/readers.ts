import { weightedDraw } from './random.ts'
import type { Random, Weighted } from './random.ts'

/** Where a reader lives: what the collector learns of it, and when people there are awake. */
export interface Home {
  /** ISO 3166-1 alpha-2; null where the address is in no database. */
  readonly country: string | null
  readonly language: string
  /** Hours ahead of UTC, without summer time. */
  readonly hoursAhead: number
}

/** Country, hours ahead of UTC, share, and the languages that browsers there ask for first. */
const HOMES: readonly (readonly [string | null, number, number, ...(readonly Weighted<string>[])])[] = [
  ['DE', 1, 200, ['de-DE', 70], ['de', 14], ['en-US', 12], ['tr-TR', 2]],
  ['GB', 0, 110, ['en-GB', 88], ['en-US', 10], ['pl', 2]],
  ['US', -6, 150, ['en-US', 92], ['es-US', 5], ['zh-CN', 2]],
  ['FR', 1, 80, ['fr-FR', 70], ['fr', 20], ['en-US', 9]],
  ['PL', 1, 78, ['pl-PL', 60], ['pl', 24], ['en-US', 14], ['uk', 3]],
  ['NL', 1, 58, ['nl-NL', 48], ['nl', 12], ['en-US', 32], ['en-GB', 6]],
  ['ES', 1, 48, ['es-ES', 72], ['ca', 10], ['en-GB', 9]],
  ['IT', 1, 46, ['it-IT', 86], ['en-US', 10]],
  ['AT', 1, 40, ['de-AT', 52], ['de-DE', 40], ['en-US', 7]],
  ['CH', 1, 38, ['de-CH', 58], ['fr-CH', 20], ['en-US', 12], ['it-CH', 5]],
  ['SE', 1, 30, ['sv-SE', 68], ['en-US', 26]],
  ['CZ', 1, 26, ['cs-CZ', 74], ['cs', 12], ['en-US', 10]],
  ['BE', 1, 24, ['nl-BE', 44], ['fr-BE', 36], ['en-US', 14]],
  ['DK', 1, 20, ['da-DK', 66], ['en-US', 26]],
  ['FI', 2, 18, ['fi-FI', 68], ['en-US', 24], ['sv-FI', 5]],
  ['NO', 1, 18, ['nb-NO', 66], ['en-US', 26]],
  ['UA', 2, 16, ['uk-UA', 62], ['uk', 16], ['en-US', 12]],
  ['PT', 0, 14, ['pt-PT', 76], ['en-US', 16]],
  ['IE', 0, 14, ['en-IE', 60], ['en-GB', 32]],
  ['CA', -5, 26, ['en-CA', 54], ['en-US', 24], ['fr-CA', 20]],
  ['AU', 9, 18, ['en-AU', 84], ['en-US', 10]],
  ['IN', 5, 26, ['en-IN', 56], ['en-US', 32], ['hi-IN', 6]],
  ['JP', 8, 16, ['ja', 60], ['ja-JP', 24], ['en-US', 10]],
  ['BR', -4, 18, ['pt-BR', 88], ['en-US', 8]],
  ['RO', 2, 12, ['ro-RO', 66], ['en-US', 26]],
  ['HU', 1, 10, ['hu-HU', 78], ['en-US', 14]],
  ['GR', 2, 10, ['el-GR', 70], ['en-US', 22]],
  ['TR', 2, 9, ['tr-TR', 88], ['en-US', 8]],
  ['SG', 7, 6, ['en-SG', 60], ['zh-CN', 20]],
  ['NZ', 11, 5, ['en-NZ', 84], ['en-GB', 10]],
  ['IS', 0, 2, ['is-IS', 62], ['en-US', 30]],
  [null, 0, 30, ['en-US', 60], ['de', 20]],
]

const drawHomeland = weightedDraw(
  HOMES.map(([country, hoursAhead, share, ...languages]) => {
    return [{ country, hoursAhead, drawLanguage: weightedDraw(languages) }, share] as const
  }),
)

/** One reader's home, drawn by the shares of the demo site's audience. */
export function drawHome(random: Random): Home {
  const { country, hoursAhead, drawLanguage } = drawHomeland(random)
  return { country, hoursAhead, language: drawLanguage(random) }
}

/** How much a site is read in each hour of the reader's own day: weekdays, weekend. */
const WEEKDAY = [9, 5, 3, 2, 2, 4, 12, 26, 44, 58, 62, 58, 52, 54, 58, 58, 54, 48, 44, 46, 52, 54, 42, 22]
const WEEKEND = [14, 9, 5, 3, 2, 3, 5, 10, 20, 34, 44, 46, 44, 44, 46, 46, 44, 42, 42, 46, 52, 52, 42, 26]

const drawHour = [WEEKDAY, WEEKEND].map((shape) =>
  weightedDraw(shape.map((weight, hour) => [hour, weight] as const)),
)

/** Hour of the reader's day, 0 to 23, by the shape of that day. */
export function drawReadingHour(weekend: boolean, random: Random): number {
  const draw = drawHour[weekend ? 1 : 0]
  return draw === undefined ? 12 : draw(random)
}

/** Phones by the hour of the reader's day: few in office hours, most in bed. */
export function mobileShare(hour: number, weekend: boolean): number {
  if (hour < 7 || hour >= 21) return 0.64
  return weekend || hour >= 17 ? 0.52 : 0.3
}
