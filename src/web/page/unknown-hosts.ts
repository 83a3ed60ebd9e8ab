import { html } from 'hono/html'
import { LIMITS } from '../../limits.ts'
import type { SiteSettings } from '../../settings.ts'
import type { Html } from '../html.ts'
import { countWords } from '../words.ts'

/** A host that asked to be counted and is not in the settings. */
export interface UnknownHost {
  readonly host: string
  readonly hits: number
}

/** Above this many configured sites the line names only the new one. */
const SITES_IN_LINE_MAX = 8

/** The line of headcount.toml that counts one more host. @param sites those that are there already */
function sitesLine(sites: readonly SiteSettings[], host: string): string {
  if (sites.length > SITES_IN_LINE_MAX) return `sites = [ …, ${JSON.stringify(host)}]`
  return `sites = [${[...sites.map(({ name }) => name), host].map((name) => JSON.stringify(name)).join(', ')}]`
}

/** Hosts that asked and are not configured, each with the line to add; null where there are none. */
export function unknownHostsSection(
  hosts: readonly UnknownHost[],
  sites: readonly SiteSettings[],
): Html | null {
  if (hosts.length === 0) return null
  const shown = hosts.slice(0, LIMITS.unknownHostsShownMax)
  return html`<section class="panel long" id="unknown-hosts" aria-labelledby="unknown-hosts-title">
<header><h2 id="unknown-hosts-title">Hosts that asked and are not in the settings</h2></header>
<p class="muted small">Since the last start. If one is yours, make its line the one that says <code>sites</code> in <code>headcount.toml</code>, and start again.${
    sites.length > SITES_IN_LINE_MAX ? ' It is long, so only what is new in it is shown.' : ''
  }</p>
<table class="ledger">
<thead><tr><th scope="col">Host and line</th><th scope="col" class="number">Hits</th></tr></thead>
<tbody>
${shown.map(
  ({ host, hits }) =>
    html`<tr><th scope="row">${host}<span><code>${sitesLine(sites, host)}</code></span></th><td>${countWords(hits)}</td></tr>
`,
)}</tbody>
</table>
</section>`
}
