import type { Context } from 'hono'
import type { SiteSummary } from '../report/report.ts'
import { firstStepsMain } from './page/first-steps.ts'
import { readOne } from './query.ts'
import type { World } from './world.ts'
import { answerPage, queryOf } from './world.ts'

/** The tag to paste. @param shown the site that has no page view yet, or null before the first of any */
export async function firstStepsPage(
  context: Context,
  world: World,
  { sites, site }: { sites: readonly SiteSummary[]; site: string | null },
): Promise<Response> {
  const { deps, links } = world
  const tool = readOne(queryOf(context), 'for')
  const place = { publicUrl: deps.publicUrl(context.req.raw), site, stems: deps.stems }
  const ledger = await deps.ledger(site, 'all')
  return answerPage(context, world, {
    title: `${site ?? 'Headcount'}, first steps`,
    navigation: { sites, site, tab: 'overview', query: '' },
    main: firstStepsMain({ place, tool, ledger, unknownHosts: deps.unknownHosts(), links }),
  })
}
