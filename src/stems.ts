/** What the resources of the collector are called: `c` of `c.css`, `w` of `w/s.svg`, `ping`. */
export interface Stems {
  readonly view: string
  readonly visitor: string
  readonly number: string
  /** A folder. */
  readonly window: string
  /** A folder. */
  readonly event: string
  readonly ping: string
  readonly csp: string
  readonly badge: string
}

/** The stems where no setting says otherwise. */
export const STEMS: Stems = {
  view: 'c',
  visitor: 'v',
  number: 'n',
  window: 'w',
  event: 'e',
  ping: 'ping',
  csp: 'csp',
  badge: 'badge',
}
