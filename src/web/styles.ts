import { readFileSync } from 'node:fs'

/** The rules for pictures, also in files of their own. */
export const CHART_STYLES = compactStyles(read('chart/chart.css'))

const PAGE_STYLES = read('dashboard.css')

/** What gives the colours their names. */
export const COLOURS = PAGE_STYLES.slice(0, PAGE_STYLES.indexOf('}'))

/** What pages look like on paper, beside `STYLES`, as it is served. */
export const PRINT_STYLES = compactStyles(read('print.css'))

/** The one stylesheet of all pages on screens, as it is served. */
export const STYLES = compactStyles(PAGE_STYLES + CHART_STYLES)

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

/**
 * A stylesheet as it is served: without its comments and without space that only people need. Quoted text must hold
 * none of `{};,>` beside a space, and no comment; ours does not. The `&` that stands for a descendant goes without saying.
 */
export function compactStyles(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,>]) ?/g, '$1')
    .replaceAll(/([{};])& /g, '$1')
    .replaceAll(/([\w-]): /g, '$1:')
    .replaceAll(';}', '}')
    .trim()
}
