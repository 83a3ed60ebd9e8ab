import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import type { Server } from 'node:net'
import { connect, createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { errorCode, orGone } from './file-errors.ts'

/** Held by this process until `release` or its end, however it ends. */
export interface Lock {
  release(): Promise<void>
}

/** What the address of a Unix socket takes on every system, without its end. */
const ADDRESS_BYTES_MAX = 103

/** Who is stopped or busy accepts a connection and says nothing. */
const ANSWER_WITHIN_MS = 1_000

const ATTEMPTS_MAX = 20
const ATTEMPT_WAIT_MS = 20

/**
 * Takes the lock at `path`: a Unix socket that tells who holds it. The system closes it together with
 * its process, so one that refuses connections is stale and is replaced.
 *
 * Of several starters at most one gets it: each first listens at a ticket beside the lock, and only who
 * then sees no other ticket that answers goes on to the lock itself. Of any two, the one that listened
 * later sees the other's ticket, or its lock.
 *
 * @param holder who asks, in words for others to read: "headcount serve, process 4711"
 * @throws {AppError} FOLDER_LOCKED, naming the holder; FOLDER_UNUSABLE
 */
export async function acquireLock(path: string, holder: string): Promise<Lock> {
  const folder = await openLockFolder(path)
  try {
    return await takeLock(folder, holder)
  } catch (cause) {
    await folder.close()
    if (cause instanceof AppError) throw cause
    throw new AppError('FOLDER_UNUSABLE', `Cannot lock "${folder.dir}": ${errorCode(cause)}`, { cause })
  }
}

async function takeLock(folder: LockFolder, holder: string): Promise<Lock> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const server = await tryLock(folder, holder)
    if (server !== null) return { release: () => release(folder, server) }
    await wait(Math.random() * ATTEMPT_WAIT_MS * attempt)
  }
  throw folderLocked(folder, 'others that are starting')
}

async function release(folder: LockFolder, server: Server): Promise<void> {
  await orGone(unlink(folder.pathOf(folder.lock)))
  await closeServer(server)
  await folder.close()
}

/** @returns null when another starter was met, or took this one's ticket for a stale one */
async function tryLock(folder: LockFolder, holder: string): Promise<Server | null> {
  const ticket = `${folder.lock}.${randomBytes(8).toString('hex')}`
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(`${holder}\n`))
  server.unref().listen(folder.pathOf(ticket))
  await once(server, 'listening')
  try {
    if (!(await othersStart(folder, ticket)) && (await replaceLock(folder, ticket))) return server
  } catch (error) {
    await closeServer(server)
    throw error
  }
  await closeServer(server)
  return null
}

/** A ticket is never used twice, so one that does not answer may be removed by whoever sees it. */
async function othersStart(folder: LockFolder, own: string): Promise<boolean> {
  const names = await readdir(folder.dir)
  const tickets = names.filter((name) => name.startsWith(`${folder.lock}.`) && name !== own)
  const answers = await Promise.all(tickets.map((ticket) => askHolder(folder.pathOf(ticket))))
  const stale = tickets.filter((_ticket, index) => answers[index] === null)
  await Promise.all(stale.map((ticket) => orGone(unlink(folder.pathOf(ticket)))))
  return stale.length < tickets.length
}

async function replaceLock(folder: LockFolder, ticket: string): Promise<boolean> {
  const lock = folder.pathOf(folder.lock)
  const holder = await askHolder(lock)
  if (holder !== null) throw folderLocked(folder, holder)
  return (await orGone(rename(folder.pathOf(ticket), lock).then(() => true))) ?? false
}

/** What the holder of the lock at `path` says of itself; null where nobody holds it. */
export async function askHolder(path: string): Promise<string | null> {
  const socket = connect(path).setEncoding('utf8')
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
  try {
    return (await socket.toArray()).join('').trim()
  } catch (error) {
    const nobody = ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes(errorCode(error))
    return nobody ? null : 'a process that does not answer'
  }
}

function folderLocked({ dir }: LockFolder, holder: string): AppError {
  return new AppError(
    'FOLDER_LOCKED',
    `Cannot write to "${dir}": it is held by ${holder}. Stop that one first, or name another folder with --data`,
  )
}

interface LockFolder {
  readonly dir: string
  /** Name of the lock's file. */
  readonly lock: string
  /** Path of a file of the folder, short enough for a socket. */
  pathOf(name: string): string
  close(): Promise<void>
}

/** Where the path is too long for the address of a socket, Linux gives the open folder a short one. */
async function openLockFolder(path: string): Promise<LockFolder> {
  const dir = dirname(path)
  const lock = basename(path)
  const ticketBytes = Buffer.byteLength(path) + '.0123456789abcdef'.length
  if (ticketBytes <= ADDRESS_BYTES_MAX)
    return { dir, lock, pathOf: (name) => join(dir, name), close: async () => {} }
  if (process.platform !== 'linux') {
    const limit = `its path has more than ${ADDRESS_BYTES_MAX - ticketBytes + Buffer.byteLength(dir)} bytes`
    throw new AppError('FOLDER_UNUSABLE', `Cannot lock "${dir}": ${limit}. Name another folder with --data`)
  }
  const folder = await open(dir, 'r')
  return { dir, lock, pathOf: (name) => `/proc/self/fd/${folder.fd}/${name}`, close: () => folder.close() }
}

async function closeServer(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
