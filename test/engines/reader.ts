/** The engines that pages are opened in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const

export type Engine = (typeof ENGINES)[number]

/** How a browser is started. */
export interface Start {
  readonly scripts: boolean
  /** A private window, and nothing else. */
  readonly private: boolean
  /** Folder of the profile; the same again is the same reader, back after a restart. */
  readonly profile: string
  /** Host and port of the proxy that leads to every site. */
  readonly proxy: string
  /** See `Certificate`. */
  readonly keyHash: string
}

/** A point of the window, in CSS pixels. */
export type Point = readonly [x: number, y: number]

/**
 * Somebody at a browser, in a window of `WINDOW`. All acts are the browser's own (its history, its reload, a pressed
 * button): no page needs a script for them.
 */
export interface Reader {
  /** Name and version of the engine. */
  readonly version: string
  /** True where the driver makes the browser keep nothing that outlives it. */
  readonly forgets: boolean
  /** Types an address; resolves once the page was loaded. */
  open(url: string): Promise<void>
  /** Presses the first button, for `PRESS_MS`; does not wait for what follows. */
  click(at: Point): Promise<void>
  /** Presses the key that scrolls to the end of the page. */
  scrollToEnd(): Promise<void>
  /** Resolves once the page was loaded. */
  reload(): Promise<void>
  /** Reloads without the cache; null where the driver cannot. */
  readonly hardReload: (() => Promise<void>) | null
  back(): Promise<void>
  /** Opens a tab, which the reader then looks at. */
  newTab(): Promise<void>
  /** Closes it, and looks at the one before. */
  closeTab(): Promise<void>
  /** Ends the browser as a person does, so that it keeps what it keeps. */
  close(): Promise<void>
}

/** Size of the window, in CSS pixels: between a phone and a desktop. */
export const WINDOW = { width: 900, height: 800 }

/** How long a person holds a button down. */
export const PRESS_MS = 100

/** How long anything may take that a browser is asked for. */
export const ACT_MS_MAX = 20_000
