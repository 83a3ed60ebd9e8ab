import { html } from 'hono/html'
import type { ReportColumn } from '../../row.ts'
import type { Html } from '../html.ts'

/** Why something is not known or not counted, and what helps. */
interface Topic {
  readonly id: string
  readonly title: string
  /** Columns whose missing values it explains. */
  readonly columns: readonly ReportColumn[]
  readonly cause: Html
  readonly remedy: Html
}

const TOPICS: readonly Topic[] = [
  {
    id: 'path-not-sent',
    title: 'Path not sent',
    columns: ['path'],
    cause: html`The page’s path comes with the request’s <code>Referer</code>. Firefox and Safari cut it to the bare host when the counter is on another domain than the page, whatever the tag asks for; so do some browsers’ private windows and extensions.`,
    remedy: html`Serve the counter from the same domain (<code>count.example.org</code> for <code>www.example.org</code>) and keep <code>referrerpolicy="no-referrer-when-downgrade"</code> in the tag; or let your template write the path into it: <code>c.css?p=/the/path</code>.`,
  },
  {
    id: 'referrer-not-sent',
    title: 'Referrer not sent',
    columns: ['referrer', 'channel', 'source', 'medium', 'campaign'],
    cause: html`A tag’s request says which page it is on, not where the reader came from. Without a script that is known only if your server writes it into the tag, or if the link that was followed names its source. Readers who type the address, use a bookmark or come from an app send nothing at all.`,
    remedy: html`Let the server add it: <code>c.css?r=&lt;!--# echo var="http_referer" --&gt;</code> with nginx’s <code>ssi on</code>, or the same in your template. In links that you publish yourself use <code>?utm_source=…</code> or <code>?ref=…</code>.`,
  },
  {
    id: 'country-unknown',
    title: 'Country unknown',
    columns: ['country'],
    cause: html`The country is looked up from the address while the request is answered; the address is then forgotten. Behind a proxy that is not named in the settings all requests seem to come from the proxy, and private addresses have no country.`,
    remedy: html`Name the proxy in <code>trust_proxy</code>, or the header in which it tells the country in <code>country_header</code>. Hits that were kept without a country stay without.`,
  },
  {
    id: 'language-not-sent',
    title: 'Language not sent',
    columns: ['language'],
    cause: html`The browser sent no <code>Accept-Language</code>, or asked not to be tracked, so that no header of its hit was kept.`,
    remedy: html`Nothing: it is the reader’s choice.`,
  },
  {
    id: 'browser-unknown',
    title: 'Browser, system or device unknown',
    columns: ['browser', 'browser_version', 'system', 'system_version', 'device'],
    cause: html`The <code>User-Agent</code> was missing, was cut, or is of a browser that nobody has taught Headcount yet; or the browser asked not to be tracked, so that no header of its hit was kept. New browsers also give a version or a system that is the same for everybody.`,
    remedy: html`Nothing to set. After an update, <code>headcount rederive</code> reads the raw hits that are still kept with the new rules.`,
  },
]

const MORE: readonly Omit<Topic, 'columns'>[] = [
  {
    id: 'visitors-not-known',
    title: 'Visitors not known',
    cause: html`The <code>c.css</code> tag leaves nothing on the reader’s device, and Headcount makes no identifier out of address and browser. Two views by one reader and one view by two readers are then the same two requests.`,
    remedy: html`Count page views; they are exact. A second tag, <code>v.css</code>, that lets the browser’s own cache count to three will be a choice of a later version.`,
  },
  {
    id: 'ledger',
    title: 'What the ledger adds up',
    cause: html`Every request for a counting resource is received once and gets one verdict; received is counted and refused together, to the hit. Refusals that anybody could cause from outside (unknown sites, floods, malformed requests) are summed by the minute instead of kept one by one.`,
    remedy: html`<code>headcount verify</code> derives every chunk that is still kept once more and compares it with the segments.`,
  },
  {
    id: 'bots',
    title: 'Bots without a name',
    cause: html`A bot is refused by the name it gives in its <code>User-Agent</code>. Some say that they are one without saying which. Bots that pretend to be a browser, headers and all, are counted as readers: without a script nobody can tell.`,
    remedy: html`Block them at the web server; what never asks for the page never asks for the tag.`,
  },
  {
    id: 'prerender',
    title: 'Prerendered pages',
    cause: html`Chromium may make a page ready before it is clicked. When the reader then does look at it, no second request is sent: nothing tells that view from one that never happened.`,
    remedy: html`They are refused. <code>prerender = "count"</code> in the settings counts them instead; either way the ledger says how many there were.`,
  },
]

/** The section that explains a column's missing values, as an address; null where there is none. */
export function whyLink(column: ReportColumn, helpPath: string): string | null {
  const topic = TOPICS.find(({ columns }) => columns.includes(column))
  return topic === undefined ? null : `${helpPath}#${topic.id}`
}

/** Causes and remedies for all that reports call not known, refused or missing. */
export function helpMain(): Html {
  return html`<article class="prose">
<h1>What is not known, and why</h1>
<p>Headcount sees one request for each page view and keeps what its headers say. What they do not say is shown as a row of its own and is part of every share; it is never guessed or spread over the others.</p>
${[...TOPICS, ...MORE].map(
  ({ id, title, cause, remedy }) => html`<section id="${id}">
<h2>${title}</h2>
<p>${cause}</p>
<p><b>What helps:</b> ${remedy}</p>
</section>
`,
)}</article>`
}
