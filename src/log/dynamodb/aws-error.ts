/** AWS refused a call, or gave no answer that can be read. */
export class AwsError extends Error {
  /** AWS's word for it (`ResourceNotFoundException`), or the operating system's (`ECONNRESET`). */
  override readonly name: string
  /** Whether the same call may succeed a little later: too busy, its own failure, no answer. */
  readonly retryable: boolean

  constructor(name: string, message: string, options: ErrorOptions & { readonly retryable: boolean }) {
    super(message, options)
    this.name = name
    this.retryable = options.retryable
  }
}
