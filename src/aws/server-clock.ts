const ANSWER_WITHIN_MS = 10_000

/**
 * A clock that runs by that of the server at `url`, ms UTC: AWS refuses signatures of a machine whose own is minutes
 * off. Runs by this machine's where the server does not say the time.
 */
export async function openServerClock(url: URL): Promise<() => number> {
  const startMs = performance.now()
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => null)
  await answer?.body?.cancel()
  const dateMs = Date.parse(answer?.headers.get('date') ?? '')
  return Number.isNaN(dateMs) ? Date.now : () => dateMs + performance.now() - startMs
}
