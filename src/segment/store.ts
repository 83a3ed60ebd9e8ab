import { join } from 'node:path'
import type { Row } from '../row.ts'
import type { Catalog } from './catalog.ts'
import { isOrphan, openCatalog, SegmentGone, segmentDamaged } from './catalog.ts'
import type { SegmentFiles } from './files.ts'
import { nodeFiles, orGone, TEMPORARY } from './files.ts'
import { decodeFooter } from './parquet.ts'
import type { SegmentDraft, StoredSegment } from './segment-file.ts'
import { decodeSegment, encodeSegment, parseSegment } from './segment-file.ts'
import type { Table } from './table.ts'
import { tableRows } from './table.ts'
import { TableBuilder } from './table-builder.ts'

/** How long files for now may stand: longer than any write takes. */
const TEMPORARY_KEPT_MS = 86_400_000

/** The segments of one folder. Readers and writers need no lock: files appear whole and never change. */
export interface SegmentStore extends Catalog {
  /**
   * All segments, superseded ones included, in name order.
   *
   * @throws {AppError} SEGMENT_DAMAGED when one of them cannot be read
   */
  list(): Promise<readonly StoredSegment[]>
  /**
   * All rows of the segments together, sorted by (site, time).
   *
   * @throws {SegmentGone}
   * @throws {AppError} SEGMENT_DAMAGED
   */
  readTable(...names: readonly string[]): Promise<Table>
  /** The rows of one segment, one by one; throws as `readTable`. */
  readRows(name: string): AsyncGenerator<Row>
  /** The bytes of a roll-up's file. */
  readRollup(name: string): Promise<Uint8Array>
  /** Writes a segment durably and reads it back; null where one of that name is there already. */
  write(draft: SegmentDraft): Promise<StoredSegment | null>
  /** Writes the segment's roll-up durably, in place of the one it had. */
  writeRollup(name: string, bytes: Uint8Array): Promise<void>
  /** Removes a segment and its roll-up; where there is none that is no fault. */
  remove(name: string): Promise<void>
  /** Makes all names in the folder survive a power loss, whoever made or removed them. */
  sync(): Promise<void>
  /** Removes what interrupted writes left behind, a day after. */
  sweep(nowMs: number): Promise<void>
}

/** Opens the segments in `dir`; a folder that is not there holds none. */
export function openSegmentStore(dir: string, files: SegmentFiles = nodeFiles): SegmentStore {
  const catalog = openCatalog(dir, files)

  async function readTable(...names: readonly string[]): Promise<Table> {
    const builder = new TableBuilder()
    for (const name of names) await readInto(builder, name)
    return builder.sorted()
  }

  async function readInto(builder: TableBuilder, name: string): Promise<void> {
    const bytes = await orGone(files.read(catalog.pathOf(name)))
    if (bytes === null) throw new SegmentGone(`segment "${name}" is gone`)
    try {
      await decodeSegment(bytes, builder)
    } catch (cause) {
      throw segmentDamaged(name, cause)
    }
  }

  async function write(draft: SegmentDraft): Promise<StoredSegment | null> {
    const bytes = await encodeSegment(draft)
    const path = catalog.pathOf(draft.name)
    const temporary = await files.createFor(path, bytes)
    // A clock that leaps makes others take it for old, here and below: then whoever asked plans again.
    const linked = await orGone(files.link(temporary, path))
    await files.remove(temporary)
    if (linked !== true) return null
    await files.syncFolder(dir)
    const reread = await orGone(files.read(path))
    if (reread === null) return null
    if (Buffer.compare(reread, bytes) !== 0) {
      throw segmentDamaged(draft.name, new Error('it reads otherwise than it was written'))
    }
    return parseSegment(draft.name, reread.length, decodeFooter(reread))
  }

  return {
    ...catalog,
    readTable,
    write,
    readRollup: (name) => files.read(catalog.rollupPathOf(name)),
    async list() {
      const { segments, damaged } = await catalog.scan()
      if (damaged[0] !== undefined) throw damaged[0].error
      return segments
    },
    async *readRows(name) {
      yield* tableRows(await readTable(name))
    },
    async writeRollup(name, bytes) {
      const path = catalog.rollupPathOf(name)
      await orGone(files.rename(await files.createFor(path, bytes), path))
      await files.syncFolder(dir)
    },
    async remove(name) {
      await files.remove(catalog.rollupPathOf(name))
      await files.remove(catalog.pathOf(name))
    },
    sync: () => files.syncFolder(dir),
    async sweep(nowMs) {
      const names = await files.list(dir)
      const left = names.filter((name) => name.endsWith(TEMPORARY) || isOrphan(name, names))
      for (const name of left) await removeIfOld(files, join(dir, name), nowMs)
    },
  }
}

async function removeIfOld(files: SegmentFiles, path: string, nowMs: number): Promise<void> {
  const found = await orGone(files.stat(path))
  if (found !== null && found.changedMs < nowMs - TEMPORARY_KEPT_MS) await files.remove(path)
}
