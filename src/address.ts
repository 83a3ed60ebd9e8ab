import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Addresses and networks as a set. */
export interface Networks {
  /** @param address as `parseAddress` gives it */
  includes(address: string): boolean
}

/**
 * An IP address in the one form that is compared: IPv6 compressed and in lower case (RFC 5952), without
 * zone; an IPv4-mapped one as IPv4. null for anything else.
 */
export function parseAddress(text: string): string | null {
  if (isIPv4(text)) return text
  // How sockets that listen for both write IPv4.
  if (text.startsWith('::ffff:') && isIPv4(text.slice(7))) return text.slice(7)
  if (!isIPv6(text)) return null
  const [bare = ''] = text.split('%')
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address)
  if (mapped === null) return address
  return dotted(Number.parseInt(mapped[1] ?? '', 16) * 65_536 + Number.parseInt(mapped[2] ?? '', 16))
}

/**
 * Builds a set of networks.
 *
 * @param list addresses and networks in CIDR notation, IPv4 or IPv6, that settings have checked
 */
export function networks(list: readonly string[]): Networks {
  if (list.length === 0) return { includes: () => false }
  const blocks = new BlockList()
  for (const text of list) {
    const [address = '', bits] = text.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (bits === undefined) blocks.addAddress(address, family)
    else blocks.addSubnet(address, Number(bits), family)
  }
  return {
    includes: (address) =>
      isIPv4(address)
        ? blocks.check(address) || blocks.check(`::ffff:${address}`, 'ipv6')
        : blocks.check(address, 'ipv6'),
  }
}

/**
 * Loopback, private, carrier-shared and link-local networks (RFC 1918, 6598, 3927, 4193, 4291): behind one
 * of their addresses stands a proxy, or somebody next door.
 */
const NEARBY =
  /^(?:127\.|10\.|0\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/

/** Whether the address is one of the open internet. */
export function isPublic(address: string): boolean {
  return !NEARBY.test(address)
}

/** Who is one sender as far as can be told from outside: the IPv4 address, the /64 network of an IPv6 one. */
export function senderOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

/** Four octets with one separator between; the look-ahead finds those that overlap, too. */
const QUADS = /(?<!\d)(?=(\d{1,3})([.\-_])(\d{1,3})\2(\d{1,3})\2(\d{1,3})(?!\d))/g
const GROUPS = /(?:[\da-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4})/gi
const HEX = /(?<![\da-f])(?:[\da-f]{8}|[\da-f]{32})(?![\da-f])/gi
const DECIMAL = /(?<!\d)\d{8,10}(?!\d)/g

/**
 * The addresses that a text may hold, in the form of `parseAddress`: dotted or with "-" or "_" between,
 * zero-padded, as one number (hexadecimal or decimal), compressed or not, IPv4-mapped, percent-encoded.
 * Rather one too many than one too few: what it finds is only ever compared with an address that is known.
 * Two numbers that are in most User-Agents and are nobody's address are left out: Chromium's `142.0.0.0` and
 * Firefox' `20100101`.
 */
export function addressesIn(text: string): readonly string[] {
  const plain = text
    .replace('Gecko/20100101', '')
    .replace(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const found = new Set([...quads(plain), ...numbers(plain)])
  for (const form of [plain, plain.replace(/[-_]/g, ':')]) {
    for (const [groups] of form.matchAll(GROUPS)) for (const address of within(groups)) found.add(address)
  }
  return [...found]
}

function* quads(text: string): Iterable<string> {
  for (const [, a, , b, c, d] of text.matchAll(QUADS)) {
    const octets = [a, b, c, d].map(Number)
    if (octets.every((octet) => octet < 256) && octets.slice(1).some((octet) => octet > 0))
      yield octets.join('.')
  }
}

function* numbers(text: string): Iterable<string> {
  for (const [digits] of text.matchAll(DECIMAL)) if (Number(digits) < 2 ** 32) yield dotted(Number(digits))
  for (const [digits] of text.matchAll(HEX)) {
    const address = digits.length === 8 ? dotted(Number.parseInt(digits, 16)) : parseAddress(colons(digits))
    if (address !== null) yield address
  }
}

/** Every run of neighbouring groups that is an address: other text may stand on both sides. */
function* within(groups: string): Iterable<string> {
  const parts = groups.split(':')
  for (let from = 0; from < parts.length - 1; from += 1) {
    for (let to = from + 2; to <= parts.length; to += 1) {
      const address = parseAddress(parts.slice(from, to).join(':'))
      if (address !== null) yield address
    }
  }
}

function colons(digits: string): string {
  return (digits.match(/.{4}/g) ?? []).join(':')
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
