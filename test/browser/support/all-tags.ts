import { STEMS } from '../../../src/stems.ts'
import { html } from '../../../src/tag-markup.ts'
import type { Part } from '../../../src/tag-parts.ts'
import { EXTRA_PARTS, viewPart, visitorsPart } from '../../../src/tag-parts.ts'

/** A page that is counted. */
export interface CountedPage {
  readonly headers: Readonly<Record<string, string>>
  /** Markup of its head. */
  readonly head: string
  /** Markup of its body. */
  readonly body: string
}

/** The basic tag, for a collector on another site. @param url address of the collector, without "/" at the end */
export function basicTag(url: string): CountedPage {
  return { headers: {}, head: write(viewPart(resources(url))), body: '' }
}

/** All that a page can count, at once. */
export function allTags(url: string): CountedPage {
  const { windows, end, outbound, ping, referrer } = EXTRA_PARTS
  const parts = [windows, outbound, ping, referrer, end].map((part) => part(resources(url)))
  const [rule = ''] = outbound(resources(url)).besides
  const [header = ''] = referrer(resources(url)).besides
  const [name = '', value = ''] = header.split(/: (.*)/s)
  return {
    headers: { [name]: value },
    head: `${write(visitorsPart(resources(url)))}<style>${rule}</style>`,
    body: parts.map(write).join('\n'),
  }
}

function resources(url: string) {
  return { folder: `${url}/blog.example.org/`, stems: STEMS, relation: 'cross-site', named: true } as const
}

function write({ elements }: Part): string {
  return elements.map((element) => html(element, '/page')).join('\n')
}
