import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'

const FOLDER = new URL('snapshots/', import.meta.url)

/**
 * Compares a page with the file of that name; `SNAPSHOTS=write` writes the file instead, to be reviewed as a
 * diff. The stylesheets' version is left out, since it says nothing about the page.
 */
export function matchesSnapshot(name: string, page: string): void {
  const file = new URL(name, FOLDER)
  const text = page.replaceAll(/(dashboard|print)\.css\?v=[\da-f]+/g, '$1.css?v=…')
  if (process.env['SNAPSHOTS'] === 'write') writeFileSync(file, text)
  assert.equal(text, readFileSync(file, 'utf8'))
}
