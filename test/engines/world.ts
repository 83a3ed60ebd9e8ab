import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withFolder } from '../browser/support/folder.ts'
import type { Program } from '../browser/support/program.ts'
import { startProgram } from '../browser/support/program.ts'
import { makeCertificate } from './certificate.ts'
import type { Said } from './claim.ts'
import { pageAt } from './pages.ts'
import type { Start } from './reader.ts'
import type { Web } from './web.ts'
import { openWeb } from './web.ts'

/** A real `headcount serve`, and a web around it that browsers can be sent to. */
export interface World {
  /** What a new browser needs to be told. @param profile name of its folder */
  start(profile: string, kind: Pick<Start, 'scripts' | 'private'>): Start
  readonly settled: Web['settled']
  /** The report of a site, over all time, as the API gives it. */
  said(site: string): Promise<Said>
}

/** What a world is made for. */
export interface WorldKind {
  /** The sites that its collector counts. */
  readonly sites: readonly string[]
  /** See `WebDeps`. */
  readonly quietMs: number
}

const LISTS = ['path', 'referrer', 'source', 'event', 'target', 'window']

/** Runs `use` in a new world. */
export async function withWorld<T>(
  { sites, quietMs }: WorldKind,
  use: (world: World) => Promise<T>,
): Promise<T> {
  return withFolder(async (dir) => {
    const certificate = await makeCertificate(dir)
    const data = join(dir, 'data')
    await mkdir(data)
    await writeFile(join(data, 'headcount.toml'), `sites = ${JSON.stringify(sites)}\n`)
    const program = await startProgram(['--data', data])
    const web = await openWeb({ certificate, collector: program.url, quietMs, pageAt })
    try {
      const ask = await openApi(program)
      const start: World['start'] = (profile, kind) => {
        return { ...kind, profile: join(dir, profile), proxy: web.proxy, keyHash: certificate.keyHash }
      }
      return await use({
        start,
        settled: async () => web.settled(),
        said: async (site) => ({ ...(await ask(site, {})), first: await ask(site, { path: '/first' }) }),
      })
    } finally {
      web.close()
      await program.stop()
    }
  })
}

/** Asks for the report of a site. */
type Ask = (site: string, filters: Readonly<Record<string, string>>) => Promise<Omit<Said, 'first'>>

/** The API, in a session that the printed link opened. */
async function openApi(program: Program): Promise<Ask> {
  const link = /http:\S+\?key=\S+/.exec(program.output())?.[0] ?? ''
  const opened = await fetch(link, { redirect: 'manual' })
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return async (site, filters) => {
    const query = new URLSearchParams({ ...filters, period: 'all' })
    for (const list of LISTS) query.append('by', list)
    const answer = await fetch(`${program.url}/api/v1/sites/${site}/report?${query.toString()}`, {
      headers: { cookie },
    })
    if (!answer.ok) throw new Error(`No report of ${site}: ${await answer.text()}`)
    return JSON.parse(await answer.text())
  }
}
