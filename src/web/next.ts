/**
 * Where to go after logging in: the dashboard's own page that was asked for, or the list of sites. The
 * address is judged as a browser would read it (`/\evil.example`, `//evil.example`, `/dashboard/..//evil.example`
 * and tabs in between lead elsewhere), and what is returned is that reading.
 *
 * @param wanted path and query as a form or an address gave them
 * @param sitesPath path of the list of sites, `/dashboard/` with the base path in front
 */
export function safeNext(wanted: string | null, sitesPath: string): string {
  const origin = 'http://headcount.invalid'
  if (wanted === null || !wanted.startsWith('/')) return sitesPath
  const url = URL.parse(wanted, origin)
  if (url === null || url.origin !== origin || !url.pathname.startsWith(sitesPath)) return sitesPath
  return url.pathname + url.search
}
