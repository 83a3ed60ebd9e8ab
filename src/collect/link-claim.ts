import { addressesIn } from '../address.ts'
import { cutBytes, decodeQueryText } from '../escapes.ts'
import { LIMITS } from '../limits.ts'
import type { PathRules } from '../page.ts'
import { cleanPath } from '../page.ts'
import type { Sites } from '../site.ts'
import { parseHost } from '../site.ts'

/** A place that a request names: where the reader came from, or where a link leads. Without query and fragment. */
export interface LinkClaim {
  /** With ":", as in `https:`. */
  readonly protocol: string
  /** Of a counted site its name, whatever alias was written, so that coming from oneself can be told. */
  readonly host: string
  readonly path: string
  /** Addresses that it may hold, see `addressesIn`. */
  readonly found: readonly string[]
}

const NO_EXTRAS: PathRules = { indexFiles: [], queryKeys: [] }

/** Reads an absolute address, whole or escaped as one value, or a host's name; null for anything else. */
export function parseLink(value: string, sites: Sites): LinkClaim | null {
  const text = /^[a-z-]*%(?:3a|2f)/i.test(value) ? decodeQueryText(value) : value
  const url = /^(?:https?|android-app):\/\//i.test(text)
    ? URL.parse(text)
    : beginsWithHost(text)
      ? URL.parse(`https://${text}`)
      : null
  const named = url === null ? null : parseHost(url.host)
  if (url === null || named === null) return null
  const host = sites.open ? named : (sites.siteOf(named) ?? named)
  const path = cleanPath(url.pathname, NO_EXTRAS)
  return { protocol: url.protocol, host, path, found: addressesIn(`${host}${path}`) }
}

/** A name of more characters is none (RFC 1035, section 2.3.4), and is not looked through for a dot. */
const HOST_START = /^[^/?#&:]{1,253}/

function beginsWithHost(text: string): boolean {
  return /[a-z].*\.[a-z]/i.test(HOST_START.exec(text)?.[0] ?? '')
}

/** As a referrer: an absolute URL of at most `LIMITS.referrerBytesMax` bytes. */
export function renderReferrer({ protocol, host, path }: LinkClaim): string {
  return cutBytes(`${protocol}//${host}${path}`, LIMITS.referrerBytesMax)
}

/** As the target of an event: host and path, of at most `LIMITS.targetBytesMax` bytes. */
export function renderTarget({ host, path }: LinkClaim): string {
  return cutBytes(`${host}${path}`, LIMITS.targetBytesMax)
}
