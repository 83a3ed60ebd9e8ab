import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'
import { AppError } from '../errors.ts'
import { errorCode } from './failure.ts'

/** What secrets.json holds. */
export interface Secrets {
  /** scrypt hash of the dashboard's password; null while none is set. */
  readonly passwordHash: string | null
  /** Signs session cookies. */
  readonly sessionKey: Uint8Array
}

/** Secrets for a folder that has none: no password, a new session key, so that older sessions end. */
export function newSecrets(passwordHash: string | null): Secrets {
  return { passwordHash, sessionKey: randomBytes(32) }
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

/** Writes secrets.json whole, for its owner alone (mode 0600). */
export async function writeSecrets(file: string, { passwordHash, sessionKey }: Secrets): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await chmod(temporary, 0o600)
    const key = Buffer.from(sessionKey).toString('base64url')
    await handle.writeFile(`${JSON.stringify({ version: 1, passwordHash, sessionKey: key }, null, 2)}\n`)
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
    const secrets = found ?? newSecrets(null)
    if (found === null) await writeSecrets(file, secrets)
    return new LiveSecrets(file, secrets)
  }

  get passwordHash(): string | null {
    return this.#secrets.passwordHash
  }

  get sessionKey(): Uint8Array {
    return this.#secrets.sessionKey
  }

  /** Reads the file again. While it is away the last secrets hold. */
  async refresh(): Promise<void> {
    this.#secrets = (await readSecrets(this.#file)) ?? this.#secrets
  }
}

function parseSecrets(text: string): Secrets {
  const value: unknown = JSON.parse(text)
  const fields: Readonly<Record<string, unknown>> = typeof value === 'object' ? { ...value } : {}
  const { passwordHash, sessionKey } = {
    passwordHash: fields['passwordHash'],
    sessionKey: fields['sessionKey'],
  }
  if (typeof sessionKey !== 'string' || (passwordHash !== null && typeof passwordHash !== 'string')) {
    throw new TypeError('expected "passwordHash" and "sessionKey"')
  }
  const key = Buffer.from(sessionKey, 'base64url')
  if (key.length < 32) throw new TypeError(`expected a session key of 32 bytes, found ${key.length}`)
  return { passwordHash, sessionKey: key }
}
