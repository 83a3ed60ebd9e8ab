import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'
import { AppError } from '../errors.ts'
import type { Filter } from '../report/report.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { Share } from '../web/share.ts'
import type { Token } from '../web/token.ts'
import { SCOPES } from '../web/token.ts'
import { errorCode } from './failure.ts'

/** What secrets.json holds. */
export interface Secrets {
  /** scrypt hash of the dashboard's password; null while none is set. */
  readonly passwordHash: string | null
  /** Signs session cookies. */
  readonly sessionKey: Uint8Array
  /** Tokens of the API, by name. */
  readonly tokens: readonly Token[]
  /** Links that show a site, by name. */
  readonly shares: readonly Share[]
}

/** A key of sessions that nobody has; those that another key signed end with it. */
export function newSessionKey(): Uint8Array {
  return randomBytes(32)
}

/**
 * Reads secrets.json.
 *
 * @returns null when it is not there
 * @throws {AppError} FOLDER_UNUSABLE when it cannot be read
 */
export async function readSecrets(file: string): Promise<Secrets | null> {
  try {
    return parseSecrets(await readFile(file, 'utf8'))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null
    const remedy =
      'restore it from a backup, or remove it and set the password again with "headcount password"'
    throw new AppError('FOLDER_UNUSABLE', `Cannot read secrets "${file}": ${remedy}`, { cause })
  }
}

/**
 * Changes what secrets.json says, or what it would say if it were there.
 *
 * @throws {AppError} FOLDER_UNUSABLE when it cannot be read; what `change` throws
 */
export async function changeSecrets(file: string, change: (secrets: Secrets) => Secrets): Promise<void> {
  await writeSecrets(file, change((await readSecrets(file)) ?? noSecrets()))
}

function noSecrets(): Secrets {
  return { passwordHash: null, sessionKey: newSessionKey(), tokens: [], shares: [] }
}

/** Writes the file whole, for its owner alone (mode 0600). */
async function writeSecrets(file: string, { sessionKey, ...secrets }: Secrets): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await chmod(temporary, 0o600)
    const key = Buffer.from(sessionKey).toString('base64url')
    await handle.writeFile(`${JSON.stringify({ version: 1, ...secrets, sessionKey: key }, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}

/** The secrets of a running server, which follow the file: `password` takes effect without a restart. */
export class LiveSecrets implements Secrets {
  readonly #file: string
  #secrets: Secrets

  private constructor(file: string, secrets: Secrets) {
    this.#file = file
    this.#secrets = secrets
  }

  /** Opens the file, which is made when it is not there. */
  static async open(file: string): Promise<LiveSecrets> {
    const found = await readSecrets(file)
    const secrets = found ?? noSecrets()
    if (found === null) await writeSecrets(file, secrets)
    return new LiveSecrets(file, secrets)
  }

  get passwordHash(): string | null {
    return this.#secrets.passwordHash
  }

  get sessionKey(): Uint8Array {
    return this.#secrets.sessionKey
  }

  get tokens(): readonly Token[] {
    return this.#secrets.tokens
  }

  get shares(): readonly Share[] {
    return this.#secrets.shares
  }

  /** Reads the file again. While it is away the last secrets hold. */
  async refresh(): Promise<void> {
    this.#secrets = (await readSecrets(this.#file)) ?? this.#secrets
  }
}

function parseSecrets(text: string): Secrets {
  const { passwordHash, sessionKey, tokens = [], shares = [] } = fieldsOf(JSON.parse(text))
  if (typeof sessionKey !== 'string' || (passwordHash !== null && typeof passwordHash !== 'string')) {
    throw new TypeError('expected "passwordHash" and "sessionKey"')
  }
  const key = Buffer.from(sessionKey, 'base64url')
  if (key.length < 32) throw new TypeError(`expected a session key of 32 bytes, found ${key.length}`)
  if (!Array.isArray(tokens) || !tokens.every(isToken)) throw new TypeError('expected "tokens"')
  if (!Array.isArray(shares) || !shares.every(isShare)) throw new TypeError('expected "shares"')
  return { passwordHash, sessionKey: key, tokens, shares }
}

function isToken(value: unknown): value is Token {
  const { name, scopes, hash, madeMs } = fieldsOf(value)
  return (
    typeof name === 'string' &&
    Array.isArray(scopes) &&
    scopes.every((scope) => SCOPES.some((known) => known === scope)) &&
    isHash(hash) &&
    typeof madeMs === 'number'
  )
}

function isShare(value: unknown): value is Share {
  const { name, site, filters, untilMs, hash, madeMs } = fieldsOf(value)
  return (
    typeof name === 'string' &&
    typeof site === 'string' &&
    Array.isArray(filters) &&
    filters.every(isFilter) &&
    (untilMs === null || typeof untilMs === 'number') &&
    isHash(hash) &&
    typeof madeMs === 'number'
  )
}

function isFilter(value: unknown): value is Filter {
  const { column, values, exclude } = fieldsOf(value)
  const known = REPORT_COLUMNS.some((one) => one === column) && typeof exclude === 'boolean'
  return known && Array.isArray(values) && values.every((one) => one === null || typeof one === 'string')
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[\da-f]{64}$/.test(value)
}

function fieldsOf(
  value: unknown,
): Partial<Record<keyof Secrets | keyof Token | keyof Share | keyof Filter, unknown>> {
  return typeof value === 'object' ? { ...value } : {}
}
