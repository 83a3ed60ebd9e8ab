const MINUTE = 60_000

interface ComplaintsDeps {
  now(): number
  report(line: string): void
}

/** Tells a person that the log cannot be written, at most once a minute, and when it can be again. */
export class Complaints {
  readonly #deps: ComplaintsDeps
  #toldMs = -Infinity
  #failing = false
  #hitsLost = 0

  constructor(deps: ComplaintsDeps) {
    this.#deps = deps
  }

  /** @param hits how many were refused for it */
  failed(reason: string, hits = 0): void {
    this.#hitsLost += hits
    const agoMs = this.#deps.now() - this.#toldMs
    if (agoMs >= 0 && agoMs < MINUTE) return
    this.#toldMs = this.#deps.now()
    this.#failing = true
    this.#deps.report(`Cannot write the hot log: ${reason}. Hits are answered 503 until it works again`)
  }

  worked(): void {
    if (!this.#failing) return
    this.#failing = false
    this.#deps.report(`The hot log is written again. Hits refused meanwhile: ${this.#hitsLost}`)
    this.#hitsLost = 0
  }
}
