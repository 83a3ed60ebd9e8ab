import type { StackEvent } from '../aws/stack.ts'

/** Amounts of money as people write them: `$0.00`, `$1,234.50`. */
export function dollars(usd: number): string {
  return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

/** A point in time, to the second, UTC. */
export function instant(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `1 request`, `1,234 requests`; what is not known says so. */
export function count(number: number | null, what: string): string {
  if (number === null) return `no ${what}s that it tells of`
  return `${Math.round(number).toLocaleString('en-US')} ${what}${Math.round(number) === 1 ? '' : 's'}`
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['CREATE_COMPLETE', 'made'],
  ['UPDATE_COMPLETE', 'changed'],
  ['DELETE_COMPLETE', 'removed'],
  ['DELETE_SKIPPED', 'kept'],
])

/** One line about what happened to a part of a stack; null for steps in between, and for the stack as a whole. */
export function progressLine({ part, type, status, reason }: StackEvent): string | null {
  if (type === 'AWS::CloudFormation::Stack') return null
  const what = `  ${part} (${type.replace('AWS::', '').replace('::', ' ')})`
  const done = DONE.get(status)
  if (done !== undefined) return `${what}: ${done}`
  return status.endsWith('_FAILED') ? `${what}: failed, ${reason}` : null
}
