// node start.cjs CANDIDATE WRITES: prints the milliseconds of require, of the first write, and of a later one (median)
const [, , candidate, writes] = process.argv

const started = performance.now()
const { put } = require(candidate)
const required = performance.now()

async function measure() {
  await put(0)
  const written = performance.now()
  const later = []
  for (let number = 1; number <= Number(writes); number += 1) {
    const before = performance.now()
    await put(number)
    later.push(performance.now() - before)
  }
  later.sort((one, other) => one - other)
  const warmMs = later[later.length >> 1] ?? 0
  process.stdout.write(JSON.stringify([required - started, written - required, warmMs]))
}

measure().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  },
)
