/** One counted site. */
export interface SiteSettings {
  /** Host name, lower case: what reports and URLs call it. */
  readonly name: string
  /** Other hosts that count as this site (`www.`, mirrors). */
  readonly aliases: readonly string[]
  /** IANA time zone of its days. */
  readonly timezone: string
}

/** All settings, parsed and frozen. `SETTINGS` lists them with help and defaults. */
export interface Settings {
  /** `any` counts every host that asks; `unset` does so on loopback addresses only (a trial). */
  readonly sites: readonly SiteSettings[] | 'any' | 'unset'
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Path prefix that a proxy leaves in front: "" or "/stats". */
  readonly basePath: string
  /** Addresses and networks (CIDR) whose forwarding headers are believed. */
  readonly trustProxy: readonly string[]
  /** Zone of sites that name none. */
  readonly timezone: string
  /** Kept request headers: the allow-list, or all but the deny-list. */
  readonly headers: 'allowed' | 'all'
  readonly optOut: 'reduce' | 'count' | 'refuse'
  readonly prerender: 'refuse' | 'count'
  /** File stem of the view resource: `c` for `c.css`. */
  readonly viewStem: string
  /** Names cut from the end of a path: `index.html`. */
  readonly indexFiles: readonly string[]
  /** Query keys of the page that stay in its path. */
  readonly queryKeys: readonly string[]
  /** Trusted request header that names the country; null: look the address up. */
  readonly countryHeader: string | null
  /** The owner's addresses and networks (CIDR), not counted. */
  readonly ignoreAddresses: readonly string[]
  /** Hosts (staging, mirrors) that are known and not counted. */
  readonly ignoreHosts: readonly string[]
  /** Hits a minute that one address may send; 0: no limit. */
  readonly floodPerMinute: number
  readonly diskFreeMinBytes: number
  /** Days raw hits stay after their segment was written and checked. */
  readonly rawDays: number
  /** Days segments stay; 0: for ever. */
  readonly segmentDays: number
}
