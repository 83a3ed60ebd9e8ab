import { once } from 'node:events'
import { ACT_MS_MAX } from './reader.ts'

interface Answer {
  readonly type: 'success' | 'error' | 'event'
  readonly id: number | null
  readonly result: unknown
  readonly message?: string
}

/** A connection to a browser that speaks WebDriver BiDi (W3C), with one command under way at a time or several. */
export class Bidi {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data))))
  }

  static async open(url: string): Promise<Bidi> {
    const socket = new WebSocket(url)
    await once(socket, 'open', { signal: AbortSignal.timeout(ACT_MS_MAX) })
    return new Bidi(socket)
  }

  /** Sends a command. @returns its result, which has the shape that the standard says */
  async send<T>(method: string, params: object): Promise<T> {
    this.#last += 1
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(this.#last, answer)
    const timer = setTimeout(() => answer.reject(new Error(`No answer to ${method}`)), ACT_MS_MAX)
    this.#socket.send(JSON.stringify({ id: this.#last, method, params }))
    try {
      // The standard says which shape a method answers with.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (await answer.promise) as T
    } finally {
      clearTimeout(timer)
    }
  }

  #take({ type, id, result, message }: Answer): void {
    const answer = id === null ? undefined : this.#waiting.get(id)
    if (type === 'error') answer?.reject(new Error(message))
    else answer?.resolve(result)
  }
}
