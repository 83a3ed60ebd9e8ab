import { readFileSync } from 'node:fs'

/** The rules that pictures share with the files of their own, as written. */
export const CHART_STYLES = read('chart/chart.css')

/** The one stylesheet of all pages, as it is served. */
export const STYLES = compactStyles(read('dashboard.css') + CHART_STYLES)

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

/**
 * A stylesheet as it is served: without its comments and without space that only people need. Quoted text must hold
 * none of `{};,` beside a space, and no comment; ours does not.
 */
export function compactStyles(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/([\w-]): /g, '$1:')
    .replaceAll(';}', '}')
    .trim()
}
