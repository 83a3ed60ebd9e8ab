import type { Report } from '../../src/report/report.ts'
import type { PageWorld } from './page-world.ts'
import type { Reader } from './reader.ts'

/** The parts of a page that a claim is about. */
export interface PageParts {
  readonly headers?: Readonly<Record<string, string>>
  readonly head?: string
  /** Rules of the site's own style sheet. */
  readonly rules?: string
  /** What stands at the start of the body. */
  readonly body?: string
  /** Attributes of the button. */
  readonly button?: string
  /** What stands at its end, far below the window. */
  readonly foot?: string
}

/** What a person does at a browser, on the site of one claim. */
export interface Walk extends Pick<Reader, 'scrollToEnd' | 'reload' | 'hardReload' | 'back'> {
  /** Types the address of a page of the site. */
  open(path: string): Promise<void>
  /** Types another address. */
  openUrl(url: string): Promise<void>
  /** The whole address of a page of the site. */
  urlOf(path: string): string
  pause(ms: number): Promise<void>
  /** Presses one of the links that every page has. */
  press(link: Link): Promise<void>
  /** Does something in a new tab, which is closed again. */
  inNewTab(act: () => Promise<void>): Promise<void>
  /** Does something in a private window. */
  privately(act: (walk: Walk) => Promise<void>): Promise<void>
  /** Ends the browser and starts it again; null where the driver lets it keep nothing. */
  readonly restart: (() => Promise<void>) | null
}

/** What can be pressed: a link on, a link to another site where the claim has one, and a button. */
export const LINKS = ['next', 'out', 'do'] as const

export type Link = (typeof LINKS)[number]

/** What Headcount says of a walk. */
export interface Said extends Pick<Report, 'totals' | 'top'> {
  /** The same lists of the page `/first` alone. */
  readonly first: Pick<Report, 'top'>
}

/** Something that the documentation says can be known. */
export interface Claim {
  /** Letters and "-", short: it is part of a host name. */
  readonly id: string
  /** What is done, for people. */
  readonly name: string
  /** What it means, in one line. */
  readonly reading: string
  /** What really happened, in the words of `measure`. */
  readonly truth: string
  readonly page: (world: PageWorld) => PageParts
  /** @returns false where this driver cannot do it */
  readonly walk: (walk: Walk) => Promise<void | false>
  readonly measure: (said: Said) => string
}

/** A group of claims, with what they have in common. */
export interface ClaimGroup {
  readonly title: string
  readonly claims: readonly Claim[]
}
