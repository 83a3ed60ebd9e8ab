/** A value of a record; null is empty. */
export type CsvCell = string | number | null

/** A record as CSV (RFC 4180), with its line end. */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A spreadsheet takes a text that begins like a formula for one: an apostrophe before it says that it is none. */
function csvCell(cell: CsvCell): string {
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
