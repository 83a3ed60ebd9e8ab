import { AppError } from '../errors.ts'

/** The operating system's word for a failure (`ENOENT`); "unknown" where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

/** What a log line says of a failure: the message where somebody can act on it, the stack where it is a bug. */
export function describeFailure(error: unknown): string {
  if (error instanceof AppError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
