import { html } from 'hono/html'
import { archived } from './archive.ts'
import { linksUnder } from './links.ts'
import { overviewMain } from './page/overview.ts'
import { longTable } from './page/series.ts'
import type { Sources } from './read-answer.ts'
import { answerTitle, readAnswer } from './read-answer.ts'
import { parseView } from './view.ts'

/**
 * The overview of a site as one HTML file.
 *
 * @param query as in the address of the overview
 * @throws {AppError} QUESTION_INVALID, and as `Sources.ask`
 */
export async function reportFile(site: string, query: URLSearchParams, sources: Sources): Promise<string> {
  const world = { deps: sources, links: linksUnder('', '') }
  const answer = await readAnswer(site, parseView(query), world)
  return archived({
    title: answerTitle(answer),
    site,
    main: html`${overviewMain(answer)}
${longTable(answer)}`,
  })
}
