import { Agent, get } from 'node:http'

const CONNECTIONS = 16

const BROWSER = {
  referer: 'https://blog.example.org/',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  accept: 'text/css,*/*;q=0.1',
  'accept-language': 'en',
}

/** What became of the hits that a load sent, by the path that each of them counts. No path is sent twice. */
export interface Sent {
  readonly acknowledged: Set<string>
  /** Answered otherwise, or not at all: these may be kept or not. */
  readonly unknown: Set<string>
}

/** Sends hits over kept-alive connections, one after the other on each, until `until` resolves. */
export async function sendHits(origin: string, sent: Sent, until: Promise<unknown>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const state = { stopped: false }
  const stopping = until.finally(() => (state.stopped = true))
  const connection = async () => {
    while (!state.stopped) {
      const path = `/hit/${sent.acknowledged.size + sent.unknown.size}`
      sent.unknown.add(path)
      if ((await statusOf(`${origin}/c.css?p=${path}`, agent)) !== 200) continue
      sent.unknown.delete(path)
      sent.acknowledged.add(path)
    }
  }
  await Promise.all([stopping, ...Array.from({ length: CONNECTIONS }, connection)])
  agent.destroy()
}

/** null where no whole answer came. */
function statusOf(url: string, agent: Agent): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const request = get(url, { agent, headers: BROWSER }, (response) => {
    response
      .on('end', () => resolve(response.statusCode ?? null))
      .on('close', () => resolve(null))
      .resume()
  })
  request.on('error', () => setTimeout(resolve, 5, null))
  return promise
}
