import { html } from 'hono/html'
import type { ListName } from '../../report/report.ts'
import type { Html } from '../html.ts'

/** Why something is not known or not counted, and what helps. */
interface Topic {
  readonly id: string
  readonly title: string
  /** Lists whose missing values it explains. */
  readonly columns: readonly ListName[]
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

const KINDS: readonly Topic[] = [
  {
    id: 'windows',
    title: 'Window sizes',
    columns: ['window'],
    cause: html`The width of the window comes from a picture that browsers choose by width: small, medium or large, and nothing finer. Pages without that line say nothing, and neither do browsers that load no pictures.`,
    remedy: html`<code>headcount tag --with windows</code> prints it.`,
  },
  {
    id: 'events',
    title: 'Events and their targets',
    columns: ['event', 'target'],
    cause: html`An event is a resource that the browser fetches when something happens: a picture that comes into view, one that a link shows while it is pressed, or a <code>ping</code> of a link, which names where it led. Firefox sends no pings unless its owner turned them on, and content blockers stop them; the pressed link works there too.`,
    remedy: html`<code>headcount tag --with outbound,end</code> prints what to add.`,
  },
  {
    id: 'landing',
    title: 'Landing pages',
    columns: ['landing'],
    cause: html`Where a reader began is the page of the view that was the first of the day. With the <code>c.css</code> tag nobody knows which view that was.`,
    remedy: html`The <code>v.css</code> tag: <code>headcount tag --visitors</code>.`,
  },
]

const MORE: readonly Omit<Topic, 'columns'>[] = [
  {
    id: 'visitors-of-a-part',
    title: 'Visitors of a part of the views',
    cause: html`Only views that came by <code>v.css</code>, or beside an <code>n.css</code>, say whether they were a reader’s first of the day. Pages with the <code>c.css</code> tag, and readers who ask not to be tracked, count as views and say nothing of visitors. Visitors, views per visitor and bounce rate are those of the part that is known, and that part is named; nothing is worked out for the rest.`,
    remedy: html`Use the same tag on every page: <code>headcount tag --visitors</code> prints it.`,
  },
  {
    id: 'read-to-the-end',
    title: 'Read to the end',
    cause: html`A picture at the end of an article is fetched when the reader comes near it. Browsers wait with it only while scripts are on; with scripts off they fetch all pictures at once, and such views are left out where the browser tells. The share is that of the views whose page carries the picture; where few came, it is rather too high.`,
    remedy: html`<code>headcount tag --with end</code> prints the line to put below an article.`,
  },
  {
    id: 'filters',
    title: 'Not known with these filters',
    cause: html`A page view, an event and a window class are requests of their own, and nothing says which of them belong together: that would take an identifier. A filter on what one of them does not carry (an event’s name for page views, a referrer for window classes) leaves no answer for it. Views per visitor and the bounce rate need all views of a reader, so they are not known while a filter is on a page, a referrer or a campaign.`,
    remedy: html`Take the filter off; the pages, countries, browsers, systems and devices of events can be asked for.`,
  },
  {
    id: 'visitors-not-known',
    title: 'Visitors not known',
    cause: html`The <code>c.css</code> tag leaves nothing on the reader’s device, and Headcount makes no identifier out of address and browser. Two views by one reader and one view by two readers are then the same two requests.`,
    remedy: html`Count page views; they are exact. Or choose the tag <code>v.css</code>, which lets the browser’s own cache count to three (<code>headcount tag --visitors</code>): it leaves a date and a number from 1 to 3 in that cache, and no identifier.`,
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

/** The section that explains a list's missing values, as an address; null where there is none. */
export function whyLink(list: ListName, helpPath: string): string | null {
  const topic = [...TOPICS, ...KINDS].find(({ columns }) => columns.includes(list))
  return topic === undefined ? null : `${helpPath}#${topic.id}`
}

/** Causes and remedies for all that reports call not known, refused or missing. */
export function helpMain(): Html {
  return html`<article class="prose">
<h1>What is not known, and why</h1>
<p>Headcount sees one request for each page view and keeps what its headers say. What they do not say is shown as a row of its own and is part of every share; it is never guessed or spread over the others.</p>
${[...TOPICS, ...KINDS, ...MORE].map(
  ({ id, title, cause, remedy }) => html`<section id="${id}">
<h2>${title}</h2>
<p>${cause}</p>
<p><b>What helps:</b> ${remedy}</p>
</section>
`,
)}</article>`
}
