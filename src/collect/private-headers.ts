import { ADDRESS } from './address-headers.ts'

/** Noise of this request and its connection, validators, and ids that no family below covers. */
const NAMES: ReadonlySet<string> = new Set([
  ...words(
    'referer origin host via x-via from connection keep-alive upgrade te trailer cdn-loop max-forwards',
  ),
  ...words('transfer-encoding content-length http2-settings expect cf-ray x-client-data x-wap-profile'),
  ...words('ping-to ping-from'),
  ...words('if-none-match if-modified-since if-match if-unmodified-since if-range range'),
])

/**
 * Families of names: addresses · credentials and people · request, trace and device ids · fingerprints of a
 * connection · places.
 */
const FAMILIES: readonly RegExp[] = [
  ADDRESS,
  /cookie|auth|token|secret|credential|passw|session|csrf|xsrf|jwt|signature|assertion|api-?key|access-?key/,
  /(?:^|-)(?:user|login|email|mail|account|customer|member|subject|key)(?:-|$)(?!agent)/,
  /(?:^|-)(?:id|trace|span|ray|nonce)(?:-|$)|id$|correlation|traceparent|tracestate|baggage|^x?-?b3|^x-amzn-/,
  /msisdn|imsi|imei|uidh|subscriber|line-id|(?:^|-)acr(?:-|$)|ja[34]|fingerprint|^ssl-|-cert(?:-|$)|tls-/,
  /city|region|postal|zip|latitude|longitude|lat-?lon|coordinates|location|metro|geo/,
]

/**
 * The deny-list of `headers = "all"`: whether a header of this name is never kept, because it may hold an address, a
 * credential, an id, a place finer than a country, or a validator. A name that gives nothing away can still
 * carry what it should not: that is why the allow-list is the default.
 *
 * @param name lower case
 */
export function isPrivateHeader(name: string): boolean {
  return NAMES.has(name) || FAMILIES.some((family) => family.test(name))
}

function words(text: string): readonly string[] {
  return text.split(' ')
}
