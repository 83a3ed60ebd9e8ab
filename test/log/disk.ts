import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate as yieldTurn } from 'node:timers/promises'
import type { FileSystem, OutputFile } from '../../src/log/file-system.ts'

/** What the disk can be asked for. */
export type Operation = 'list' | 'create' | 'write' | 'datasync' | 'sync' | 'rename' | 'remove'

/** An error code; the number of bytes that a write takes; or no answer until `hung` resolves. */
export type Fault = { readonly code: string } | { readonly short: number } | { readonly hung: Promise<void> }

/** Decides what goes wrong: asked before the `number`th operation, counted from 1. */
export type Faults = (operation: Operation, number: number) => Fault | undefined

/** A whole number from 0 to `max`, both inclusive. */
export type Random = (max: number) => number

const SECTOR = 512
const FOREVER = new Promise<never>(() => undefined)

interface File {
  bytes: Buffer
  /** Bytes that a sync has made durable. */
  durable: number
  /** Ranges whose sync failed: no later sync brings them to the disk, though it says so. */
  readonly lost: [from: number, to: number][]
}

/** A change of the folder that no sync has made durable yet. */
interface Change {
  readonly removed: string | null
  readonly added: readonly [name: string, file: File] | null
}

/**
 * A disk with one folder, in memory, that is as cruel as a real one may be: only what was synced is sure to
 * outlive a power loss, and what a failed sync left behind is forgotten in silence.
 */
export class Disk implements FileSystem {
  readonly #faults: Faults
  readonly #files = new Map<string, File>()
  #durable = new Map<string, File>()
  #changes: Change[] = []
  #operations = 0
  #powerless = false

  constructor(faults: Faults = () => undefined) {
    this.#faults = faults
  }

  async makeFolder(): Promise<void> {}

  async list(): Promise<readonly string[]> {
    await this.#begin('list')
    return [...this.#files.keys()]
  }

  async size(path: string): Promise<number> {
    return this.#file(path).bytes.length
  }

  async create(path: string): Promise<OutputFile> {
    await this.#begin('create')
    const name = basename(path)
    if (this.#files.has(name)) throw failure('EEXIST')
    const file: File = { bytes: Buffer.alloc(0), durable: 0, lost: [] }
    this.#change({ removed: null, added: [name, file] })
    return {
      write: (bytes) => this.#write(file, bytes),
      sync: () => this.#syncFile(file, 'datasync'),
      close: async () => {},
    }
  }

  async sync(path: string): Promise<void> {
    const file = this.#files.get(basename(path))
    if (file !== undefined) return this.#syncFile(file, 'sync')
    const entries = new Map(this.#files)
    const changes = this.#changes.length
    await this.#begin('sync')
    this.#durable = entries
    this.#changes.splice(0, changes)
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#begin('rename')
    this.#change({ removed: basename(from), added: [basename(to), this.#file(from)] })
  }

  async remove(path: string): Promise<void> {
    await this.#begin('remove')
    this.#file(path)
    this.#change({ removed: basename(path), added: null })
  }

  /** From now on nothing is answered any more. */
  cutPower(): void {
    this.#powerless = true
  }

  /** Writes into a folder what a person finds when the power is back. */
  async restore(dir: string, random: Random): Promise<void> {
    const files = new Map(this.#durable)
    for (const change of this.#changes) if (random(1) === 1) applyChange(files, change)
    await mkdir(dir, { recursive: true })
    for (const [name, file] of files) await writeFile(join(dir, name), whatIsLeft(file, random))
  }

  /** @returns how many bytes a write takes at most */
  async #begin(operation: Operation): Promise<number> {
    this.#operations += 1
    const fault = this.#faults(operation, this.#operations)
    await yieldTurn()
    if (this.#powerless) await FOREVER
    if (fault === undefined) return Infinity
    if ('hung' in fault) await fault.hung
    if ('code' in fault) throw failure(fault.code)
    return 'short' in fault ? fault.short : Infinity
  }

  async #write(file: File, bytes: Uint8Array): Promise<number> {
    // A write is no single step: the power may go when some of it is under way.
    const before = file.bytes
    file.bytes = Buffer.concat([before, bytes])
    const taken = await this.#begin('write').catch((error: unknown) => {
      file.bytes = before
      throw error
    })
    file.bytes = file.bytes.subarray(0, before.length + Math.min(taken, bytes.length))
    return file.bytes.length - before.length
  }

  async #syncFile(file: File, operation: Operation): Promise<void> {
    const size = file.bytes.length
    try {
      await this.#begin(operation)
    } catch (error) {
      file.lost.push([file.durable, size])
      throw error
    }
    file.durable = Math.max(file.durable, size)
  }

  #file(path: string): File {
    const file = this.#files.get(basename(path))
    if (file === undefined) throw failure('ENOENT')
    return file
  }

  #change(change: Change): void {
    applyChange(this.#files, change)
    this.#changes.push(change)
  }
}

function applyChange(files: Map<string, File>, { removed, added }: Change): void {
  if (removed !== null) files.delete(removed)
  if (added !== null) files.set(...added)
}

/** Synced bytes are whole; behind them each sector is there, full of zeros, or noise, up to any size. */
function whatIsLeft(file: File, random: Random): Buffer {
  const size = file.durable + random(file.bytes.length - file.durable)
  const left = Buffer.from(file.bytes.subarray(0, size))
  for (const [from, to] of file.lost) left.fill(0, Math.min(from, size), Math.min(to, size))
  for (let at = file.durable; at < size; at += SECTOR - (at % SECTOR)) {
    const sector = left.subarray(at, at + SECTOR - (at % SECTOR))
    const fate = random(2)
    if (fate === 1) sector.fill(0)
    if (fate === 2) for (const index of sector.keys()) sector[index] = random(3) === 0 ? 0x0a : random(255)
  }
  return left
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: the disk says so`), { code })
}

/** The folder that a test's disk holds; there is no such folder on the machine. */
export const DISK_FOLDER = '/disk/data/log'
