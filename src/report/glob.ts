import type { ReportColumn } from '../row.ts'

/** Columns whose filter values are patterns: a `*` stands for any characters, `\*` for itself, `\\` for a backslash. */
export const GLOB_COLUMNS: ReadonlySet<ReportColumn> = new Set(['path', 'target'])

/** The filter value that means this very value of the column. */
export function literally(column: ReportColumn, value: string): string {
  return GLOB_COLUMNS.has(column) ? value.replaceAll(/[\\*]/g, '\\$&') : value
}

/**
 * The parts of a pattern between its stars, taken literally; one part where it has none. A backslash that stands before
 * neither a star nor a backslash is itself.
 */
export function globParts(pattern: string): readonly string[] {
  const parts = ['']
  for (const [token] of pattern.matchAll(/\\[\\*]|[^]/g)) {
    if (token !== '*') parts.push(parts.pop() + token.replace(/^\\(?=.)/, ''))
    else if (parts.length === 1 || parts.at(-1) !== '') parts.push('')
  }
  return parts
}
