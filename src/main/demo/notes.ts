import type { Annotation } from '../../settings.ts'
import { DAY, NEWS_DAY } from './day.ts'
import { readProgress } from './fill.ts'
import { DEMO_SITE } from './pages.ts'

/** Days of the demo on which something begins or ends that the year shows; see sources.ts. */
export const NOTED_DAYS: readonly (readonly [day: number, text: string])[] = [
  [NEWS_DAY, 'On a news site'],
  [270, 'Baking week'],
  [331, 'Ads for the course'],
  [360, 'Ads end'],
]

/** What the demo's owner noted, by day. Call it when the demo is filled. */
export async function demoNotes(dataDir: string): Promise<readonly Annotation[]> {
  const progress = await readProgress(dataDir)
  if (progress === null) return []
  return NOTED_DAYS.map(([day, text]) => {
    const date = new Date(progress.sinceMs + day * DAY).toISOString().slice(0, 10)
    return { date, text, site: DEMO_SITE }
  })
}
