import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Browser } from 'puppeteer-core'
import { cleanPath } from '../../src/page.ts'
import { chromiumPath, needs, readersAgent, withChromium } from '../browser/support/chromium.ts'
import { withFolder } from '../browser/support/folder.ts'
import { listening } from '../browser/support/listening.ts'
import { runCommand, startProgram } from '../browser/support/program.ts'
import { staticServer } from './static-server.ts'
import type { TinySite } from './tiny-sites.ts'
import { MARK, TINY_SITES } from './tiny-sites.ts'

const BROWSER = needs('Chromium', chromiumPath())
const BUILD_MS = 60_000

test('a site with the printed tag counts its pages by their paths', BROWSER, async (t) => {
  await withFolder(async (dir) => {
    const data = join(dir, 'data')
    const program = await startProgram(['--data', data])
    try {
      await withChromium(async (browser) => {
        for (const site of TINY_SITES) {
          await t.test(site.generator, needed(site), async () => {
            const host = `${site.generator}.example`
            const words = ['--url', program.url, '--for', site.generator, '--cross-site', '--visitors']
            const out = await build(site, join(dir, site.generator), await runCommand('tag', host, ...words))
            const paths = pathsIn(out)
            assert.equal(paths.length, site.names.length)
            await visit(browser, out, paths)
            const report = await reportOf(host, data)
            assert.deepEqual(report.paths, Object.fromEntries(paths.map((path) => [asReported(path), 1])))
            assert.equal(report.visitors, 1)
          })
        }
      })
    } finally {
      await program.stop()
    }
  })
})

function needed({ generator, program, optional }: TinySite) {
  if (program !== null) return {}
  if (!optional) return needs(`${generator} (npm run generator-tools, or a package of the system)`, null)
  process.stderr.write(`SKIPPED: ${generator} is not installed\n`)
  return { skip: `${generator} is not installed` }
}

/** Writes a site and builds it. @returns the folder of its pages */
async function build(site: TinySite, dir: string, tag: string): Promise<string> {
  const files = { ...site.files(tag.trimEnd()), ...Object.fromEntries(site.names.map(site.page)) }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
  const program = site.program ?? site.generator
  const ours = program.includes('node_modules')
  if (ours)
    await symlink(program.replace(/(?<=node_modules)\/(?!.*node_modules).*/, ''), join(dir, 'node_modules'))
  const [command, args] = ours ? [process.execPath, [program, ...site.args]] : [program, site.args]
  const env = { ...process.env, LANG: 'C.UTF-8', ASTRO_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(command, [...args], { cwd: dir, env, timeout: BUILD_MS })
  return join(dir, 'out')
}

/** Paths of the tiny site's own pages, as browsers ask for them. */
function pathsIn(out: string): readonly string[] {
  return globSync('**/*.html', { cwd: out })
    .filter((file) => readFileSync(join(out, file), 'utf8').includes(MARK))
    .map((file) => `/${file.split('/').map(encodeURIComponent).join('/')}`.replace(/(?<=\/)index\.html$/, ''))
}

/** Opens every page once in a new window with scripts off; its host is another site than the collector's. */
async function visit(browser: Browser, out: string, paths: readonly string[]): Promise<void> {
  const server = staticServer(out)
  const origin = `http://localhost:${await listening(server)}`
  const context = await browser.createBrowserContext()
  try {
    const page = await context.newPage()
    await page.setJavaScriptEnabled(false)
    await page.setUserAgent({ userAgent: readersAgent(await browser.version()) })
    // Without a path in it the tag would be told by the Referer here, and by nothing in other browsers.
    page.on('request', (request) => {
      if (request.url().includes('/c.css')) assert.match(request.url(), /\?p=./)
    })
    for (const path of paths) assert.equal((await page.goto(origin + path))?.status(), 200, path)
  } finally {
    await context.close()
    server.close()
  }
}

async function reportOf(site: string, dir: string) {
  const words = ['--period', 'all', '--by', 'path', '--limit', '1000', '--json', '--data', dir]
  const { totals, top }: ReportJson = JSON.parse(await runCommand('report', site, ...words))
  return {
    visitors: totals.visitors,
    paths: Object.fromEntries(top.path.map(({ value, pageViews }) => [value ?? 'not sent', pageViews])),
  }
}

interface ReportJson {
  readonly totals: { readonly visitors: number | null }
  readonly top: { readonly path: readonly { readonly value: string | null; readonly pageViews: number }[] }
}

function asReported(path: string): string {
  return cleanPath(path, { indexFiles: ['index.html'], queryKeys: [] })
}
