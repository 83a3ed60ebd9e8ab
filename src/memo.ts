/**
 * Remembers what `compute` gave for a key. At `entriesMax` keys all are forgotten at once: cheaper than
 * choosing, and the keys of real traffic soon come again.
 */
export function memoised<Value>(compute: (key: string) => Value, entriesMax: number): (key: string) => Value {
  return memoisedBy((key) => key, compute, entriesMax)
}

/**
 * As `memoised`, for any input.
 *
 * @param keyOf differs wherever `compute` does
 */
export function memoisedBy<Input, Value>(
  keyOf: (input: Input) => string,
  compute: (input: Input) => Value,
  entriesMax: number,
): (input: Input) => Value {
  const known = new Map<string, Value>()
  return (input) => {
    const key = keyOf(input)
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    if (known.size >= entriesMax) known.clear()
    const value = compute(input)
    known.set(key, value)
    return value
  }
}
