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
      const session = await logIn(program)
      const start: World['start'] = (profile, kind) => {
        return { ...kind, profile: join(dir, profile), proxy: web.proxy, keyHash: certificate.keyHash }
      }
      return await use({
        start,
        settled: async () => web.settled(),
        said: async (site) => ask(program, session, site),
      })
    } finally {
      web.close()
      await program.stop()
    }
  })
}

/** @returns the session that the printed link opens, as a Cookie header */
async function logIn(program: Program): Promise<string> {
  const link = /http:\S+\?key=\S+/.exec(program.output())?.[0] ?? ''
  const answer = await fetch(link, { redirect: 'manual' })
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function ask({ url }: Program, cookie: string, site: string): Promise<Said> {
  const query = new URLSearchParams({ period: 'all' })
  for (const list of LISTS) query.append('by', list)
  const answer = await fetch(`${url}/api/v1/sites/${site}/report?${query.toString()}`, {
    headers: { cookie },
  })
  if (!answer.ok) throw new Error(`No report of ${site}: ${await answer.text()}`)
  return JSON.parse(await answer.text())
}
