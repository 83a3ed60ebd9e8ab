/** Runs what it is given, one after the other, in the order it was given. */
export type InTurn = <T>(run: () => Promise<T>) => Promise<T>

export function openTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
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
