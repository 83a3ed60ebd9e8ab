import type { IncomingMessage } from 'node:http'
import { LIMITS } from '../limits.ts'

/**
 * The body of a request as text. Reads no further than `LIMITS.bodyBytesMax`; how long it may take is the server's to say
 * (`LIMITS.requestSeconds`).
 *
 * @returns null where it is longer
 * @throws {Error} where the connection ends before it does
 */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue
    bytes += chunk.length
    if (bytes > LIMITS.bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
