/** Runs what it is given, one after the other, in the order it was given. */
export type InTurn = <T>(run: () => Promise<T>) => Promise<T>

/** How long what is given may take, its waiting included. */
export interface Patience {
  readonly ms: number
  /** Ends what runs now, if it can be ended: asked again and again until it has ended. */
  readonly stop: () => void
  /** What to say then. */
  readonly late: () => Error
}

const STOP_AGAIN_MS = 50

export function openTurns({ ms, stop, late }: Patience): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>) => {
    const answer = Promise.withResolvers<T>()
    let [running, over] = [false, false]
    let stopping: NodeJS.Timeout | undefined
    const timer = setTimeout(() => {
      over = true
      answer.reject(late())
      if (running) stopping = setInterval(stop, STOP_AGAIN_MS)
    }, ms)
    const turn = async (before: Promise<unknown>): Promise<void> => {
      await before
      running = true
      if (!over) await run().then(answer.resolve, answer.reject)
      clearTimeout(timer)
      clearInterval(stopping)
    }
    last = turn(last)
    return answer.promise
  }
}

/** As `run`, in turn; who asks what somebody else still waits to ask gets the same answer. */
export function shared<Asked, Answer>(
  inTurn: InTurn,
  run: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  const waiting = new Map<string, Promise<Answer>>()
  return (asked) => {
    const key = JSON.stringify(asked)
    const before = waiting.get(key)
    if (before !== undefined) return before
    const turn = inTurn(() => {
      waiting.delete(key)
      return run(asked)
    })
    waiting.set(key, turn)
    return turn
  }
}
