import { AppError } from '../../errors.ts'
import { linkTag } from '../../web/tag.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { originOf } from '../http-server.ts'
import { print, say } from '../output.ts'

/** `tag [SITE]`: the tag to paste, and why it looks like that. */
export async function runTag(call: Call): Promise<void> {
  const { settings } = await readConfiguration(call)
  const tool = call.text('for') ?? 'html'
  if (tool !== 'html') throw misuse('tag', `--for is "${tool}", expected html`)
  const site = call.operands[0] ?? null
  const known = typeof settings.sites === 'string' || settings.sites.some(({ name }) => name === site)
  if (site !== null && !known) {
    throw new AppError(
      'SITE_UNKNOWN',
      `Cannot print a tag for "${site}": it is not in sites; add it to the settings first`,
    )
  }
  const url = publicUrl(call.text('url') ?? `${originOf(settings.host, settings.port)}${settings.basePath}`)
  await print(`${linkTag({ publicUrl: url, site, stems: settings.stems })}\n`)
  say(call.text('url') === undefined ? `${REASONS}\n\n${GUESSED}` : REASONS)
}

const REASONS = `
Paste it into the <head> of every page.

  rel="stylesheet"   an empty style sheet: fetched once a page view, with scripts off as well
  media="none"       for no screen at all: the browser fetches it last and paints the page without waiting for it
  referrerpolicy="no-referrer-when-downgrade"
                     the browser says which page it stands on; without it a counter on another host learns only the site

On a host of the site's own domain (count.example.org for example.org) that works in every browser. A counter on a
foreign domain learns the path from Chromium only: let your generator write it, as in c.css?p=/this/page/`

const GUESSED = `The address is where the server listens. Say where browsers reach it: --url https://count.example.org`

function publicUrl(text: string): string {
  const url = URL.parse(text)
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (!usable)
    throw misuse('tag', `--url is "${text}", expected an address such as https://count.example.org`)
  return url.href.replace(/\/$/, '')
}
