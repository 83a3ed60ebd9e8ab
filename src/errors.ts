/** Every failure a person may have to act on. `docs/errors.md` has one heading for each (tested). */
export const ERRORS = {
  USAGE: { exit: 2 },
  SETTINGS_INVALID: { exit: 1 },
  FOLDER_LOCKED: { exit: 1 },
  FOLDER_UNUSABLE: { exit: 1 },
  LOG_UNWRITABLE: { exit: 1 },
  LOG_FULL: { exit: 1 },
  LOG_TOO_NEW: { exit: 1 },
  SEGMENT_DAMAGED: { exit: 1 },
  PERIOD_INVALID: { exit: 2 },
  QUESTION_INVALID: { exit: 2 },
  QUESTION_TOO_LONG: { exit: 1 },
  QUESTION_TOO_LARGE: { exit: 1 },
  EXPORT_BUSY: { exit: 1 },
  SITE_UNKNOWN: { exit: 1 },
  WORKER_FAILED: { exit: 1 },
  PORT_UNUSABLE: { exit: 1 },
  AWS_CREDENTIALS: { exit: 1 },
  AWS_REGION: { exit: 1 },
  AWS_UNREACHABLE: { exit: 1 },
  AWS_DENIED: { exit: 1 },
  AWS_LIMIT: { exit: 1 },
  AWS_NAME_TAKEN: { exit: 1 },
  AWS_REFUSED: { exit: 1 },
  AWS_STACK_FAILED: { exit: 1 },
  AWS_STACK_MISSING: { exit: 1 },
  AWS_ENDPOINT_SILENT: { exit: 1 },
  PULL_PROGRESS_LOST: { exit: 1 },
  PAGE_UNREADABLE: { exit: 1 },
} as const satisfies Record<string, { exit: number }>

export type ErrorCode = keyof typeof ERRORS

/**
 * A failure with a stable code.
 *
 * Message: "Cannot <act> <object>: <what is so>", then what to do about it. Strings in double quotes.
 * The lower-level error goes in `cause`, never into the message; no message holds an address, a cookie
 * or a credential.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
