/** Headers that carry the client's address from one server to the next, as CDNs, clouds and proxies call them. */
export const ADDRESS_HEADERS = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'cf-pseudo-ipv4',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-original-forwarded-for',
  'x-envoy-external-address',
  'x-appengine-user-ip',
  'x-azure-clientip',
  'x-azure-socketip',
  'fastly-client-ip',
  'fly-client-ip',
  'do-connecting-ip',
  'cloudfront-viewer-address',
] as const

/** Headers of no use, or of use to nobody but this request. */
const BY_NAME: ReadonlySet<string> = new Set([
  ...ADDRESS_HEADERS,
  ...words(
    'referer origin host via x-via from connection keep-alive upgrade te trailer cdn-loop max-forwards',
  ),
  ...words('transfer-encoding content-length http2-settings expect cf-ray x-client-data x-wap-profile'),
  ...words('if-none-match if-modified-since if-match if-unmodified-since if-range range'),
])

/**
 * Families of names, by their words: addresses and where they lead · credentials and people · request, trace
 * and device ids, and fingerprints of a connection · places.
 */
const BY_WORD: readonly RegExp[] = [
  /forwarded|remote|client-?ip|socket-?ip|(?:^|-)(?:ip|ipv4|ipv6|addr|address|asn?)(?:-|$)/,
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
  return BY_NAME.has(name) || BY_WORD.some((words) => words.test(name))
}

function words(text: string): readonly string[] {
  return text.split(' ')
}
