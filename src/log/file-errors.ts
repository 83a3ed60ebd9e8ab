/** The system's word for a failure (`ENOSPC`), or its message where it has none. */
export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message
  return String(error)
}

/** null where the file is not there. */
export async function orGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** What went wrong, in words for a person. */
export function errorReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
