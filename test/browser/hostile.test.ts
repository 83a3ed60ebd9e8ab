import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer-core'
import { chromiumPath, needs, readersAgent, withChromium } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import type { Program } from './support/program.ts'
import { runCommand, startProgram } from './support/program.ts'

const SITE = 'blog.example.org'
/** Ends an attribute, a title or a comment, and then runs where it is read as markup. */
const PAYLOAD = '"></title>--><img src=x onerror=alert(1)>'
const SENT = encodeURIComponent(PAYLOAD)

const SETTINGS = `sites = ["${SITE}"]
timezone = "UTC"
[site."${SITE}"]
public = true
[[annotation]]
date = "${new Date().toISOString().slice(0, 10)}"
text = '${PAYLOAD}'
`

/** Pages that show what was sent, below that of the site, each with what it must say. */
const SHOWN = [
  ['?campaigns=campaign', PAYLOAD],
  ['?campaigns=source', PAYLOAD],
  ['?campaigns=medium', PAYLOAD],
  ['?events=target', 'evil.example/'],
  ['?show=path', 'onerror=alert(1)'],
  [`?campaign=${SENT}`, PAYLOAD],
  [`?path=${SENT}`, PAYLOAD],
  [`?referrer=${SENT}&country!=${SENT}`, PAYLOAD],
  [`?show=path&search=${SENT}`, PAYLOAD],
  [`?compare=${SENT}`, PAYLOAD],
  ['/ledger?bots=all', SITE],
  ['/now', SITE],
  ['/series.svg', PAYLOAD],
  ['/map.svg', ''],
  ['/heat.svg', ''],
] as const

test(
  'what readers, robots and links bring along is text, even where no policy would stop it',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      await writeFile(join(dir, 'headcount.toml'), SETTINGS)
      const where = ['--where', `campaign=${PAYLOAD}`, '--data', dir]
      const share = (await runCommand('share', 'make', SITE, ...where)).trim()
      const program = await startProgram(['--data', dir])
      try {
        await withChromium(async (browser) => {
          await send(program.url, readersAgent(await browser.version()))
          const page = await browser.newPage()
          await page.setBypassCSP(true)
          const ran = listen(page)
          await page.goto(keyLink(program), { waitUntil: 'load' })
          for (const [path, text] of SHOWN) {
            await page.goto(`${program.url}/dashboard/${SITE}${path}`, { waitUntil: 'load' })
            assert.ok((await textOf(page)).includes(text), `${path} does not say ${text}`)
          }
          for (const path of [share, `/${SENT}`, `/badge.svg?label=${SENT}`, '/dashboard/']) {
            await page.goto(program.url + path, { waitUntil: 'load' })
            assert.notEqual(await textOf(page), '', path)
          }
          const file = join(dir, 'report.html')
          await runCommand('report', SITE, '--data', dir, '--period', '7d', '--html', file)
          await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
          assert.ok((await textOf(page)).includes(PAYLOAD))
          assert.deepEqual(ran, [])
          await page.setContent(`<p title="${PAYLOAD}">`, { waitUntil: 'load' })
          assert.deepEqual(ran, ['1'], 'what ran was not noticed: this check sees nothing')
        })
      } finally {
        await program.stop()
      }
    })
  },
)

/** Sends the markup in all that a request can say. */
async function send(url: string, agent: string): Promise<void> {
  const query = `utm_campaign=${SENT}&utm_source=${SENT}&utm_medium=${SENT}`
  const requests: readonly (readonly [path: string, headers: Record<string, string>])[] = [
    [`/${SITE}/c.css?p=/${SENT}?${query}&r=https://evil.example/${SENT}`, {}],
    [`/${SITE}/c.css`, { Referer: `https://${SITE}/${SENT}?${query}`, 'Accept-Language': PAYLOAD }],
    [`/${SITE}/e/click.svg?p=/a&t=https://evil.example/${SENT}`, {}],
    [`/${SITE}/c.css?p=/a`, { 'User-Agent': `${PAYLOAD} bot/1.0` }],
    [`/${SITE}/c.css?p=/a`, { 'User-Agent': PAYLOAD, 'Sec-CH-UA-Platform': PAYLOAD }],
    ['/c.css', { Referer: `https://${PAYLOAD}.example/` }],
  ]
  for (const [path, headers] of requests) {
    const answer = await fetch(url + path, { headers: { 'User-Agent': agent, ...headers } })
    assert.equal(answer.status, 200, path)
  }
}

/** Words of every dialog that a page opens from now on. */
function listen(page: Page): string[] {
  const ran: string[] = []
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  return ran
}

function keyLink(program: Program): string {
  return /http:\S+\/login\?key=\S+/.exec(program.output())?.[0] ?? 'no key was printed'
}

async function textOf(page: Page): Promise<string> {
  return String(await page.evaluate('document.documentElement.textContent'))
}
