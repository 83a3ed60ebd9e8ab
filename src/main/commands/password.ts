import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { AppError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { hashPassword } from '../../web/password.ts'
import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { createFolder } from '../folder.ts'
import { say } from '../output.ts'
import { changeSecrets, newSessionKey } from '../secrets.ts'

/** `password`: sets it, and ends all sessions by making a new session key. */
export async function runPassword(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const password = process.stdin.isTTY ? await askTwice() : await readPiped()
  const length = password.length
  if (length < LIMITS.passwordCharactersMin || length > LIMITS.passwordCharactersMax) {
    const expected = `at least ${LIMITS.passwordCharactersMin} characters, at most ${LIMITS.passwordCharactersMax}`
    throw new AppError('USAGE', `Cannot set the password: expected ${expected}, found ${length}`)
  }
  await createFolder(folder)
  const passwordHash = await hashPassword(password)
  await changeSecrets(folder.secrets, (kept) => ({ ...kept, passwordHash, sessionKey: newSessionKey() }))
  say('The password is set. A running server takes it up within seconds, and everybody logs in anew.')
}

async function readPiped(): Promise<string> {
  const [line = ''] = (await text(process.stdin)).split(/\r?\n/)
  return line
}

async function askTwice(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 })
  terminal.on('SIGINT', () => process.exit(1))
  try {
    const first = await ask(terminal, 'Password: ')
    if ((await ask(terminal, 'Once more: ')) !== first) {
      throw new AppError('USAGE', 'Cannot set the password: the two are not the same; try again')
    }
    return first
  } finally {
    terminal.close()
  }
}

async function ask(terminal: ReturnType<typeof createInterface>, prompt: string): Promise<string> {
  process.stderr.write(prompt)
  const answer = await terminal.question('')
  say('')
  return answer
}
