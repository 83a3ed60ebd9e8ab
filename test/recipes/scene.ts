import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:http'
import { once } from 'node:events'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import type { RawHit } from '../../src/hit.ts'
import { decodeRawHit } from '../../src/hit.ts'
import { withFolder } from '../main/support/program.ts'
import { startWebServer } from './web-servers.ts'

/** A recipe, ready to be tried. */
export interface Recipe {
  /** As docs/recipes.md calls the web server. */
  readonly server: string
  /** Lines of headcount.toml. */
  readonly toml: readonly string[]
  /** Blocks for the web server. */
  readonly blocks: readonly string[]
  /** Files of the site, by name; `{port}` is the web server's. */
  readonly pages: Readonly<Record<string, string>>
  /** Another port instead of Headcount's. */
  readonly collector?: number
}

/** A request that is not a browser's. */
export interface Asking {
  /** GET where there is none. */
  readonly method?: string
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The address it comes from. */
  readonly from?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A site, its web server, and Headcount behind it. */
export interface Scene {
  /** Of the site. */
  readonly origin: string
  ask(target: string, asking?: Asking): Promise<Reply>
  /** All that Headcount has kept. */
  hits(): Promise<readonly RawHit[]>
  /** Ends Headcount, and leaves the web server alone. */
  stopHeadcount(): Promise<void>
  /** Names of all files, of web server and Headcount, that contain this text. */
  filesWith(text: string): Promise<readonly string[]>
}

/** Puts a recipe together for the time of `use`. */
export async function withScene(recipe: Recipe, use: (scene: Scene) => Promise<void>): Promise<void> {
  await withFolder(async (dir, serve) => {
    const [data, web] = [join(dir, 'data'), join(dir, 'web')]
    await mkdir(data)
    await mkdir(join(web, 'www'), { recursive: true })
    await writeFile(join(data, 'headcount.toml'), recipe.toml.join('\n'))
    const headcount = await serve(['--data', data])
    const collector = recipe.collector ?? Number(new URL(headcount.url).port)
    // Apache reads the site as nobody.
    await chmod(dir, 0o755)
    const server = await startWebServer(recipe.server, { dir: web, collector, blocks: recipe.blocks })
    try {
      for (const [name, page] of Object.entries(recipe.pages))
        await writeFile(join(web, 'www', name), page.replaceAll('{port}', String(server.port)))
      await use({
        origin: `http://blog.example.org:${server.port}`,
        ask: async (target, asking) => await ask(server.port, target, asking),
        hits: async () => await hitsIn(join(data, 'log')),
        stopHeadcount: async () => void (await headcount.stop()),
        filesWith: async (sought) => await filesWith(dir, sought),
      })
    } finally {
      await server.stop()
    }
  })
}

async function ask(port: number, path: string, asking: Asking = {}): Promise<Reply> {
  const { method = 'GET', host = 'blog.example.org', headers = {}, from = '127.0.0.1' } = asking
  const to = { host: '127.0.0.1', port, method, path }
  const sent = request({ ...to, localAddress: from, headers: { host, ...headers } })
  const answered = once(sent.end(), 'response', { signal: AbortSignal.timeout(10_000) })
  const [response] = await answered
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

async function hitsIn(folder: string): Promise<readonly RawHit[]> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  const lines = files.flatMap((file) => file.split('\n').slice(1))
  return lines.map((line) => decodeRawHit(line)).filter((hit) => hit !== null)
}

async function filesWith(dir: string, sought: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(name, 'latin1')] as const))
  return texts.filter(([, content]) => content.includes(sought)).map(([name]) => relative(dir, name))
}
