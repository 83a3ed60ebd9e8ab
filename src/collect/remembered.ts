import { memoised } from '../memo.ts'

const ENTRIES_MAX = 2_048
const KEY_LENGTH_MAX = 512

/**
 * A pure function of a header's value that remembers what it gave, in bounded memory: browsers of one make
 * send the same few values, and long ones are nobody's second time.
 */
export function remembered<Value extends object | string | boolean | null>(
  compute: (text: string) => Value,
): (text: string) => Value {
  const known = memoised(compute, ENTRIES_MAX)
  return (text) => (text.length > KEY_LENGTH_MAX ? compute(text) : known(text))
}
