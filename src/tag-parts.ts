import type { Relation } from './same-site.ts'
import type { Stems } from './stems.ts'
import type { Markup } from './tag-markup.ts'
import { PATH } from './tag-markup.ts'

/** What a page may count beyond its views. */
export const EXTRAS = ['windows', 'end', 'outbound', 'ping', 'referrer'] as const

export type Extra = (typeof EXTRAS)[number]

/** Where the resources of one site are, and what their addresses have to say. */
export interface Resources {
  /** Address of the folder that holds them, "/" at the end. */
  readonly folder: string
  readonly stems: Stems
  readonly relation: Relation
  /** Whether the address names the page: where browsers do not. */
  readonly named: boolean
}

/** A directive of a Content-Security-Policy. */
export type Directive = 'style-src' | 'img-src' | 'connect-src'

/** One thing that a page counts. */
export interface Part {
  readonly counts: string
  readonly where: string
  readonly elements: readonly Markup[]
  /** Lines that are no element: a header, a rule of a style sheet; they go where they say. */
  readonly besides: readonly string[]
  readonly notes: readonly string[]
  /** Directives that have to allow the collector. */
  readonly needs: readonly Directive[]
}

type MakePart = (resources: Resources) => Part

/** An empty style sheet for no screen: fetched with every page view, waited for by nobody. */
export const viewPart: MakePart = (resources) => ({
  ...PLAIN,
  counts: 'page views',
  elements: [styleSheet(resources, at(resources, `${resources.stems.view}.css`))],
  needs: ['style-src'],
})

/** The same with the browser's view number; two elements where the first has to name the page. */
export const visitorsPart: MakePart = (resources) => {
  const { stems, folder, named } = resources
  const view = named ? viewPart(resources).elements : []
  const number = `${folder}${named ? stems.number : stems.visitor}.css`
  return {
    ...PLAIN,
    counts: 'page views and visitors',
    elements: [...view, styleSheet(resources, number)],
    notes: [LEFT_ON_DEVICE],
    needs: ['style-src'],
  }
}

const LEFT_ON_DEVICE =
  'It leaves one short word in the browser’s cache, such as "2026-11-23.2": the day, and whether this is the first, second or a later page view of the site on it. It is sent back with the next view, says nothing else, and in the EU may need what a cookie needs.'

/** A page view as a picture, for what has no head. */
export function picturePart(resources: Resources, ending: 'png' | 'svg'): Part {
  const src = at(resources, `${resources.stems.view}.${ending}`)
  const saying = resources.named ? {} : sayingPage(resources.relation)
  return {
    ...PLAIN,
    counts: 'page views',
    elements: [{ name: 'img', attributes: { src, ...PIXEL, ...saying } }],
    needs: ['img-src'],
  }
}

/** What each extra adds to a page. */
export const EXTRA_PARTS: Readonly<Record<Extra, MakePart>> = {
  windows: (resources) => {
    const picture = (size: string) => at(resources, `${resources.stems.window}/${size}.svg`)
    return {
      ...PLAIN,
      counts: 'window sizes',
      where: 'a line of text that is seen at once, such as the page’s header',
      elements: [
        {
          name: 'picture',
          attributes: {},
          children: [
            { name: 'source', attributes: { media: '(max-width: 599px)', srcset: picture('s') } },
            { name: 'source', attributes: { media: '(max-width: 1023px)', srcset: picture('m') } },
            lazyPicture(resources, picture('l')),
          ],
        },
      ],
      notes: [
        'One request a view, and another when the window is turned or drawn across a border: read it as shares.',
      ],
      needs: ['img-src'],
    }
  },
  end: (resources) => ({
    ...PLAIN,
    counts: 'reading to the end',
    where: 'the last line of the article',
    elements: [
      {
        name: 'picture',
        attributes: {},
        children: [
          { name: 'source', attributes: { media: '(scripting: none)', srcset: 'data:,' } },
          lazyPicture(resources, at(resources, `${resources.stems.event}/end.svg`)),
        ],
      },
    ],
    notes: [
      'Browsers load it some 500 to 1,250 pixels before it is seen. With scripts off it is silent, and printing counts as reading.',
    ],
    needs: ['img-src'],
  }),
  outbound: (resources) => {
    // Of a style sheet's pictures browsers name the sheet, not the page.
    const page = at({ ...resources, named: true }, `${resources.stems.event}/outbound.svg`)
    const picture = `${page}&t=${TARGET}`
    return {
      ...PLAIN,
      counts: 'outbound links, in every browser',
      where: 'each link that leads out',
      elements: [{ ...OUTBOUND, attributes: { href: `https://${TARGET}`, style: `--out: url(${picture})` } }],
      besides: ['a:active { background-image: var(--out) }'],
      notes: [
        "Counts when the link is pressed, once a page view. The rule belongs in your style sheet; a policy without style-src-attr 'unsafe-inline' forbids the attribute.",
      ],
      needs: ['img-src'],
    }
  },
  ping: (resources) => ({
    ...PLAIN,
    counts: 'outbound links, in Chromium and Safari',
    where: 'each link that leads out, instead of the way before',
    elements: [
      {
        ...OUTBOUND,
        attributes: {
          href: `https://${TARGET}`,
          ping: at({ ...resources, named: resources.relation !== 'same-origin' }, resources.stems.ping),
        },
      },
    ],
    notes: ['Firefox sends no pings, and blockers stop them.'],
    needs: ['connect-src'],
  }),
  referrer: ({ folder, stems }) => ({
    ...PLAIN,
    counts: 'where readers come from',
    where: 'the end of every page, and the header in your web server',
    elements: [{ name: 'iframe', attributes: { hidden: '', src: 'data:text/html,' } }],
    besides: [`Content-Security-Policy-Report-Only: frame-src * blob:; report-uri ${folder}${stems.csp}`],
    notes: [
      'The frame is empty; the browser reports it, and with it the page’s referrer. Blockers stop such reports. Where a template or your server can write the referrer, &r= in the tag’s address is simpler. One of the two: both would count it twice.',
    ],
    needs: [],
  }),
}

const PLAIN = { where: '', besides: [], notes: [] } as const satisfies Partial<Part>
const PIXEL = { alt: '', width: '1', height: '1' } as const
const TARGET = 'other.example/page'
const OUTBOUND = { name: 'a', text: '…' } as const

/** The address of a resource, with the page's path where browsers do not tell it. */
function at({ folder, named }: Resources, resource: string): string {
  return `${folder}${resource}${named ? `?p=${PATH}` : ''}`
}

function styleSheet({ relation }: Resources, href: string): Markup {
  return { name: 'link', attributes: { rel: 'stylesheet', media: 'none', href, ...sayingPage(relation) } }
}

function lazyPicture({ relation }: Resources, src: string): Markup {
  const attributes = { src, ...PIXEL, loading: 'lazy', decoding: 'async', ...sayingPage(relation) }
  return { name: 'img', attributes }
}

/** To another host browsers say only which site they are on, unless told. */
function sayingPage(relation: Relation): Readonly<Record<string, string>> {
  return relation === 'same-origin' ? {} : { referrerpolicy: 'no-referrer-when-downgrade' }
}
