/** Whether a browser ran scripts; null: it does not tell. */
export type Scripts = 'on' | 'off' | null

/** Browsers made from Chromium send hints since version 89; WebViews do so only later, and not all of them. */
const HINTS = /\bChrome\/(?:9\d|\d{3,4})\./
const WEBVIEW = /; wv\)/

/**
 * Reads it from what Chromium sends: client hints with every request of a page that may run scripts, and none with
 * those of a page that may not. Only secure pages bring them, which `sec-fetch-site` proves. Other browsers do not tell.
 *
 * @param headers lower-case name → value, no client hint cut
 */
export function scriptsOf(headers: Readonly<Record<string, string>>): Scripts {
  if (headers['sec-ch-ua'] !== undefined) return 'on'
  const userAgent = headers['user-agent'] ?? ''
  const wouldHint = HINTS.test(userAgent) && !WEBVIEW.test(userAgent)
  return wouldHint && headers['sec-fetch-site'] !== undefined ? 'off' : null
}
