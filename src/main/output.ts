/** Writes data: what a script reads. Waits while the reader is slow. */
export async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return
  await new Promise((resolve) => process.stdout.once('drain', resolve))
}

/** Tells a person something on stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Bold on a terminal that shows colours, plain elsewhere. */
export function bold(text: string): string {
  const shown = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''
  return shown ? `\u001B[1m${text}\u001B[22m` : text
}

/** A reader that has seen enough (`… | head`) ends the program quietly. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}

const MINUTE_MS = 60_000
const LINES_MAX = 100

/** Tells each distinct line at most once a minute, so that a failing disk does not fill the one with the messages. */
export function sparingly(say: (line: string) => void, now: () => number): (line: string) => void {
  const saidMs = new Map<string, number>()
  return (line) => {
    const timeMs = now()
    if (timeMs - (saidMs.get(line) ?? -Infinity) < MINUTE_MS) return
    if (saidMs.size >= LINES_MAX) saidMs.clear()
    saidMs.set(line, timeMs)
    say(line)
  }
}
