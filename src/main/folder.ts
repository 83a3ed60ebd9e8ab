import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { errorCode } from './failure.ts'

/** The parts of a data folder. */
export interface DataFolder {
  readonly dir: string
  /** Chunks. */
  readonly log: string
  readonly segments: string
  /** How far tables on AWS were pulled. Copied before the log, it is never ahead of it. */
  readonly aws: string
  readonly settings: string
  readonly secrets: string
  readonly lock: string
}

/** Where the parts of the data folder `dir` stand. */
export function dataFolder(dir: string): DataFolder {
  const root = resolve(dir)
  return {
    dir: root,
    log: join(root, 'log'),
    segments: join(root, 'segments', 'v1'),
    aws: join(root, 'aws'),
    settings: join(root, 'headcount.toml'),
    secrets: join(root, 'secrets.json'),
    lock: join(root, 'LOCK'),
  }
}

/**
 * Makes what is missing of a data folder, for its owner alone.
 *
 * @throws {AppError} FOLDER_UNUSABLE
 */
export async function createFolder(folder: DataFolder): Promise<void> {
  try {
    await mkdir(folder.dir, { recursive: true, mode: 0o700 })
    await mkdir(folder.log, { recursive: true, mode: 0o700 })
    await mkdir(folder.segments, { recursive: true, mode: 0o700 })
    await access(folder.log, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw unusable(
      folder,
      `${reason(cause)}; make it writable for this user, or name another with --data`,
      cause,
    )
  }
}

/**
 * Makes sure that there is a data folder to read.
 *
 * @throws {AppError} FOLDER_UNUSABLE
 */
export async function requireFolder(folder: DataFolder): Promise<void> {
  try {
    await access(folder.log, constants.R_OK | constants.X_OK)
  } catch (cause) {
    throw unusable(
      folder,
      `${reason(cause)}; name the right one with --data, or let "headcount serve" make it`,
      cause,
    )
  }
}

function unusable(folder: DataFolder, what: string, cause: unknown): AppError {
  return new AppError('FOLDER_UNUSABLE', `Cannot use data folder "${folder.dir}": ${what}`, { cause })
}

function reason(cause: unknown): string {
  return REASONS.get(errorCode(cause)) ?? errorCode(cause)
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it is not there'],
  ['ENOTDIR', 'it is no folder'],
  ['EACCES', 'access is denied'],
  ['EROFS', 'the disk is read-only'],
])
