/** Source of numbers that look random and are the same every time: each call gives one in [0, 1). */
export type Random = () => number

/**
 * xoshiro128** (Blackman and Vigna 2018), its state filled by splitmix32, so that neighbouring seeds
 * give streams that have nothing in common.
 *
 * @param seeds whole numbers that together name the stream, such as a seed and a day
 */
export function seededRandom(...seeds: readonly number[]): Random {
  const splitmix = splitmix32(seeds.reduce((state, seed) => splitmix32(state ^ seed)(), 0))
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()]
  return () => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return scrambled / 0x1_0000_0000
  }
}

/** A value and its weight; weights need not sum to anything. */
export type Weighted<T> = readonly [value: T, weight: number]

/** Draws values in proportion to their weights. */
export function weightedDraw<T>(choices: readonly Weighted<T>[]): (random: Random) => T {
  const sums: number[] = []
  let total = 0
  for (const [, weight] of choices) sums.push((total += weight))
  const values = choices.map(([value]) => value)
  return (random) => {
    const value = values[firstAbove(sums, random() * total)]
    if (value === undefined) throw new RangeError('Cannot draw from no choices: their weights sum to 0')
    return value
  }
}

/** A whole number whose mean is `mean`: Poisson for few, its normal approximation from 30 on. */
export function poisson(mean: number, random: Random): number {
  if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function firstAbove(sums: readonly number[], point: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? Infinity) > point) high = middle
    else low = middle + 1
  }
  return low
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e37_79b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97)
    return mixed ^ (mixed >>> 15)
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
