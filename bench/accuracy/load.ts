/** What a page carries: the counting resources, as paths below the site's, that one look at the page asks for. */
export type Tag = (path: string) => readonly string[]

/** The tags that a site may carry. */
export const TAGS = {
  visitors: () => ['v.css'],
  plain: () => ['c.css'],
  pair: (path) => [`c.css?p=${path}`, 'n.css'],
  pathInVisitors: (path) => [`v.css?p=${path}`],
} as const satisfies Readonly<Record<string, Tag>>

/** A look at a page, or what only seems to be one. */
export interface Load {
  readonly reader: number
  /** Number of the reader's visit in the day, from 0. */
  readonly visit: number
  readonly timeMs: number
  readonly path: string
  readonly tag: Tag
  /** The cache that is asked. Loads of one cache at the same time did not wait for each other. */
  readonly cache: string
  /** Whether the browser sends what its cache holds; a hard reload does not. */
  readonly revalidates: boolean
  /** Whether the tag is requested at all. */
  readonly requested: boolean
  /** Whether a reader looked at the page: the truth. */
  readonly seen: boolean
  /** Request headers beside the usual ones. */
  readonly headers: Readonly<Record<string, string>>
}

/** What is true of a day. */
export interface Truth {
  readonly views: number
  readonly readers: number
  /** Readers of a single page. */
  readonly bounced: number
}

/** Counts what readers looked at. */
export function truthOf(loads: readonly Load[]): Truth {
  const seen = loads.filter((load) => load.seen)
  const views = [...Map.groupBy(seen, ({ reader }) => reader).values()].map(({ length }) => length)
  return { views: seen.length, readers: views.length, bounced: views.filter((count) => count === 1).length }
}
