/** Where Headcount is, and what opens it. */
export interface Destination {
  /** Base path included: `https://count.example.org`. */
  readonly url: string
  /** Made by `headcount token make NAME --scope count`. */
  readonly token: string
}

/** What came of sending a batch. */
export interface Outcome {
  /** Whether sending it again may help. */
  readonly again: boolean
  /** Hits that were not counted, and why; 0 where all were. */
  readonly lost: number
  readonly why: string
}

const ANSWER_WITHIN_MS = 10_000
const TAKEN: Outcome = { again: false, lost: 0, why: '' }

/** Sends hits, each as JSON. Never rejects. @param key the same for each try */
export async function sendHits(
  { url, token }: Destination,
  key: string,
  hits: readonly string[],
): Promise<Outcome> {
  try {
    const response = await fetch(`${url}/api/v1/hits`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body: `{"hits":[${hits.join(',')}]}`,
    })
    return outcomeOf(response, await response.text(), hits.length)
  } catch (error) {
    return { again: true, lost: hits.length, why: `Headcount cannot be reached: ${String(error)}` }
  }
}

function outcomeOf({ ok, status }: Response, text: string, sent: number): Outcome {
  if (!ok)
    return {
      again: status === 429 || status >= 500,
      lost: sent,
      why: `Headcount answered ${status}: ${text}`,
    }
  const { refused }: { refused: readonly { verdict: string }[] } = JSON.parse(text)
  if (refused.length === 0) return TAKEN
  const verdicts = new Set(refused.map(({ verdict }) => verdict))
  return { again: false, lost: refused.length, why: `Headcount refused them: ${[...verdicts].join(', ')}` }
}
