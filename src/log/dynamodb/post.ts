import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import { AwsError } from './aws-error.ts'

/** An answer, read to its end. */
export interface PostAnswer {
  readonly status: number
  /** The header; empty where there is none. */
  readonly date: string
  readonly text: string
}

/**
 * Posts to one address.
 *
 * @throws {AwsError} that may be tried again, where no whole answer came within `withinMs`
 */
export type Post = (
  headers: Readonly<Record<string, string>>,
  body: string,
  withinMs: number,
) => Promise<PostAnswer>

/** Opens connections that stay open. (`fetch` would do, but costs a cold start twice as long.) */
export function createPost(url: URL): Post {
  const plain = url.protocol === 'http:'
  const agent = plain ? new PlainAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  return (headers, body, withinMs) =>
    new Promise((resolve, reject) => {
      const fail = (cause: NodeJS.ErrnoException) => {
        const name = cause.name === 'AbortError' ? 'Timeout' : (cause.code ?? cause.name)
        reject(new AwsError(name, `no answer from "${url.host}"`, { cause, retryable: true }))
      }
      const options = { method: 'POST', agent, headers, signal: AbortSignal.timeout(withinMs) }
      const sent = (plain ? plainRequest : request)(url, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('error', fail)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, date: response.headers.date ?? '', text }),
        )
      })
      sent.on('error', fail).end(body)
    })
}
