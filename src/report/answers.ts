/**
 * Answers that were given from one state of the hits, as long as it lasts. At most so many bytes: the ones not asked
 * for longest go first.
 */
export class Answers<Answer extends object> {
  readonly #bytesMax: number
  readonly #kept = new Map<string, { readonly answer: Answer; readonly bytes: number }>()
  #state = ''
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** What was answered to the same question from the same state of the hits. */
  find(state: string, question: string): Answer | null {
    const kept = state === this.#state ? this.#kept.get(question) : undefined
    if (kept === undefined) return null
    this.#kept.delete(question)
    this.#kept.set(question, kept)
    return kept.answer
  }

  keep(state: string, question: string, answer: Answer): void {
    if (state !== this.#state) this.#forget()
    this.#state = state
    const bytes = question.length + JSON.stringify(answer).length
    if (this.#kept.has(question) || bytes > this.#bytesMax) return
    this.#kept.set(question, { answer, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#bytesMax) return
      this.#kept.delete(oldest)
      this.#bytes -= bytes
    }
  }

  #forget(): void {
    this.#kept.clear()
    this.#bytes = 0
  }
}
