/** What the name of an app begins with, which is no host. */
export const APP = 'app:'

/** Plain host, or `app:` and a package; null for other schemes, for addresses and for what is no URL. */
export function referrerHost(referrer: string): string | null {
  const url = URL.parse(referrer)
  if (url === null || url.hostname === '') return null
  if (url.protocol === 'android-app:') return APP + url.hostname.toLowerCase()
  if (!/^https?:$/.test(url.protocol) || /^[\d.]+$|^\[/.test(url.hostname)) return null
  return plainHost(url.hostname)
}

/** Without the final dot, `www.`, `m.`, `mobile.` and `amp.`, unless no domain would be left. */
export function plainHost(host: string): string {
  return host.replace(/\.$/, '').replace(/^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)/, '')
}

/** `a.b.c` → `a.b.c`, `b.c`, `c`. */
export function parents(host: string): string[] {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}
