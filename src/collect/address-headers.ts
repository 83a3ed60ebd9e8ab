/** Names of headers that carry the client's address from one server to the next, at any CDN, cloud or proxy. */
export const ADDRESS =
  /forwarded|remote|client-?ip|socket-?ip|(?:^|-)(?:ip|ipv4|ipv6|addr|address|asn?)(?:-|$)/

/** Whether headers of this name say whom a proxy asks for. */
export function namesAddresses(name: string): boolean {
  return ADDRESS.test(name)
}
