import { AppError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { Scope, Token } from '../../web/token.ts'
import { makeToken, SCOPES } from '../../web/token.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { createFolder } from '../folder.ts'
import { print, say } from '../output.ts'
import { changeSecrets, readSecrets } from '../secrets.ts'

const NAME = /^[\w.-]{1,64}$/

/** `token make NAME`: prints the token alone, so that a script can take it. */
export async function runTokenMake(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const name = call.operands[0] ?? ''
  if (!NAME.test(name)) {
    throw misuse('token make', `NAME is "${name}", expected letters, digits, ".", "_" and "-", at most 64`)
  }
  const { secret, token } = makeToken({ name, scopes: scopesOf(call), madeMs: Date.now() })
  await createFolder(folder)
  await changeSecrets(folder.secrets, (kept) => ({ ...kept, tokens: withToken(kept.tokens, token) }))
  await print(`${secret}\n`)
  say(
    `This is the token "${name}" (${token.scopes.join(', ')}). It is shown only now; keep it where secrets are kept.`,
  )
}

/** `token list`: never the tokens themselves, which nobody has but who was shown them. */
export async function runTokenList(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const tokens = (await readSecrets(folder.secrets))?.tokens ?? []
  const listed = tokens.map(({ name, scopes, madeMs }) => ({
    name,
    scopes,
    made: new Date(madeMs).toISOString(),
  }))
  if (call.has('json')) return print(`${JSON.stringify(listed, null, 2)}\n`)
  const width = Math.max(...listed.map(({ name }) => name.length))
  const lines = listed.map(
    ({ name, scopes, made }) => `${name.padEnd(width)}  ${made}  ${scopes.join(', ')}\n`,
  )
  await print(lines.join(''))
}

/** `token revoke NAME`. */
export async function runTokenRevoke(call: Call): Promise<void> {
  const { folder } = await readConfiguration(call)
  const name = call.operands[0] ?? ''
  await changeSecrets(folder.secrets, (kept) => ({ ...kept, tokens: withoutToken(kept.tokens, name) }))
  say(`The token "${name}" is worthless. A running server knows it within seconds.`)
}

function scopesOf(call: Call): readonly Scope[] {
  const scopes = call.texts('scope').map((word) => {
    const scope = SCOPES.find((known) => known === word)
    if (scope !== undefined) return scope
    throw misuse('token make', `--scope is "${word}", expected ${SCOPES.join(', ')}`)
  })
  return scopes.length === 0 ? ['read'] : [...new Set(scopes)]
}

function withToken(tokens: readonly Token[], token: Token): readonly Token[] {
  const { name } = token
  if (tokens.some((one) => one.name === name)) {
    throw new AppError(
      'USAGE',
      `Cannot make token "${name}": there is one; revoke it first, or choose another name`,
    )
  }
  if (tokens.length >= LIMITS.tokensMax) {
    const remedy = 'revoke those that nobody uses, see "headcount token list"'
    throw new AppError('USAGE', `Cannot make token "${name}": there are ${tokens.length}; ${remedy}`)
  }
  return [...tokens, token]
}

function withoutToken(tokens: readonly Token[], name: string): readonly Token[] {
  const others = tokens.filter((one) => one.name !== name)
  if (others.length < tokens.length) return others
  throw new AppError(
    'USAGE',
    `Cannot revoke token "${name}": there is none of this name, see "headcount token list"`,
  )
}
