/** What a report of the recipe's Content-Security-Policy says of a view. */
export interface CspReport {
  /** The page's whole URL. */
  readonly page: string
  /** Where its reader came from; empty where the browser does not know. */
  readonly referrer: string
}

const TYPES = /^application\/(?:csp-report|reports\+json)(?:;|$)/i
/** Reports of one request that are looked at: browsers gather those of one page. */
const REPORTS_MAX = 16
/** Characters that are read of a URL: none that came in a request's head could be much longer. */
const URL_LENGTH_MAX = 8_192

/**
 * The first report that the recipe asks for: of a `data:` resource that the policy forbids. A site's other violations are
 * no views.
 *
 * @param type the header Content-Type: that of `report-uri` (CSP 3, section 5.3) or of the Reporting API
 * @returns null for anything else
 */
export function parseCspReport(type: string, body: string): CspReport | null {
  const reports = TYPES.test(type) ? violationsIn(parseJson(body)) : []
  const asked = reports.find(isOfRecipe)
  if (asked === undefined) return null
  return {
    page: textOf(asked, 'document-uri', 'documentURL'),
    referrer: textOf(asked, 'referrer', 'referrer'),
  }
}

/** Chromium says of a frame that holds `data:` no more than which directive forbids it (seen in 156). */
function isOfRecipe(report: Fields): boolean {
  const blocked = textOf(report, 'blocked-uri', 'blockedURL')
  if (blocked !== '') return /^data(?::|$)/.test(blocked)
  return textOf(report, 'effective-directive', 'effectiveDirective') === 'frame-src'
}

type Fields = Readonly<Record<string, unknown>>

function violationsIn(body: unknown): readonly Fields[] {
  if (isFields(body)) return [body['csp-report']].filter(isFields)
  if (!Array.isArray(body)) return []
  const reports: readonly unknown[] = body.slice(0, REPORTS_MAX)
  return reports
    .filter(isFields)
    .filter(({ type }) => type === 'csp-violation')
    .map((report) => report['body'])
    .filter(isFields)
}

function textOf(report: Fields, name: string, otherName: string): string {
  const value = report[name] ?? report[otherName]
  return typeof value === 'string' ? value.slice(0, URL_LENGTH_MAX) : ''
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
