import { MEASURES } from './measures.ts'
import type { FileColumn, FileNotes, ParquetFooter } from './parquet.ts'
import { encodeParquet } from './parquet.ts'
import type { RollupRow } from './rollup.ts'
import { rollUp } from './rollup.ts'
import type { Segment } from './segment.ts'
import type { Table } from './table.ts'

const NOTES = {
  format: 'headcount.rollup',
  lineage: 'headcount.lineage',
  zones: 'headcount.zones',
} as const

/** Version of the format of roll-ups: one of another version is made again. */
const FORMAT = '2'

const KEYS = [
  { name: 'site', type: 'STRING', nullable: true, statistics: true },
  { name: 'day', type: 'INT32', nullable: false, statistics: true },
  { name: 'hour', type: 'INT32', nullable: true, statistics: false },
  { name: 'column', type: 'STRING', nullable: false, statistics: false },
  { name: 'value', type: 'STRING', nullable: true, statistics: false },
  { name: 'channel', type: 'STRING', nullable: true, statistics: false },
] as const satisfies readonly (Omit<FileColumn, 'cells'> & { name: keyof RollupRow })[]

/** A roll-up as its footer tells it. */
export interface Rollup {
  readonly path: string
  readonly rows: number
  /** Zone of the days and hours of each site. */
  readonly zones: Readonly<Record<string, string>>
}

/** The bytes of the roll-up of a segment whose rows these are. */
export function encodeRollup(
  segment: Segment,
  table: Table,
  zoneOf: (site: string) => string,
): Promise<Uint8Array> {
  const rows = [...rollUp(table, zoneOf)]
  const columns = [
    ...KEYS.map((column) => keyColumn(column, rows)),
    ...MEASURES.map((name, measure) => sumColumn(name, measure, rows)),
  ]
  return encodeParquet(rows.length, columns, {
    [NOTES.format]: FORMAT,
    [NOTES.lineage]: JSON.stringify(segment.chunks),
    [NOTES.zones]: JSON.stringify(zonesOf(table, zoneOf)),
  })
}

/** What a roll-up's footer says; null when it is of another format, or of another segment than this. */
export function parseRollup(path: string, segment: Segment, { rows, notes }: ParquetFooter): Rollup | null {
  if (notes[NOTES.format] !== FORMAT || notes[NOTES.lineage] !== JSON.stringify(segment.chunks)) return null
  return { path, rows, zones: parseZones(notes) }
}

/** Whether a roll-up's days and hours are those of the zones that the sites have now. */
export function zonesHold({ zones }: Rollup, zoneOf: (site: string) => string): boolean {
  return Object.entries(zones).every(([site, zone]) => zoneOf(site) === zone)
}

function zonesOf(table: Table, zoneOf: (site: string) => string): Readonly<Record<string, string>> {
  const sites = table.column('site').values.filter((site) => typeof site === 'string')
  return Object.fromEntries(sites.map((site) => [site, zoneOf(site)]))
}

function parseZones(notes: FileNotes): Readonly<Record<string, string>> {
  const zones: unknown = JSON.parse(notes[NOTES.zones] ?? '{}')
  return Object.fromEntries(Object.entries(Object(zones)).map(([site, zone]) => [site, String(zone)]))
}

function keyColumn(column: (typeof KEYS)[number], rows: readonly RollupRow[]): FileColumn {
  return { ...column, cells: (from, to) => rows.slice(from, to).map((row) => row[column.name]) }
}

function sumColumn(name: string, measure: number, rows: readonly RollupRow[]): FileColumn {
  const cells = (from: number, to: number): bigint[] =>
    rows.slice(from, to).map(({ sums }) => BigInt(sums[measure] ?? 0))
  return { name, type: 'INT64', nullable: false, statistics: false, cells }
}
