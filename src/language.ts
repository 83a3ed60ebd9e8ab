/** Primary subtag of a language tag, then any subtags, then the rest of the list. */
const FIRST_TAG = /^\s*([a-z]{2,3})(?:[-_][a-z\d]{1,8})*\s*(?:[,;]|$)/i

/**
 * The reader's first language as its primary subtag, lower case and in its current form: `de` for
 * `de-AT, en;q=0.8`, `he` for the older `iw` (RFC 5646, section 2.2.1).
 *
 * @param acceptLanguage the header, or its first tag alone
 * @returns null where nothing was sent, `*`, or no language tag
 */
export function parseLanguage(acceptLanguage: string | undefined): string | null {
  const subtag = FIRST_TAG.exec(acceptLanguage ?? '')?.[1]
  if (subtag === undefined) return null
  const [language = 'und'] = Intl.getCanonicalLocales(subtag)
  return language === 'und' ? null : language
}
