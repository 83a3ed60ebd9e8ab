import { AppError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { errorCode } from '../failure.ts'

/** A page as a server sent it. */
export interface FetchedPage {
  /** After redirects. */
  readonly url: URL
  readonly status: number
  /** Policies of the headers, each as it was sent. */
  readonly policies: readonly string[]
  /** Of the header `Referrer-Policy`; null where there is none. */
  readonly referrerPolicy: string | null
  /** At most `LIMITS.checkPageBytesMax` of it. */
  readonly html: string
}

/** Honest, and near enough to a browser's that a server sends what it sends to browsers. */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; Headcount; the owner checks a tag)',
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
}

/**
 * Fetches a page for its owner, following redirects.
 *
 * @throws {AppError} PAGE_UNREADABLE
 */
export async function fetchPage(address: string): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(LIMITS.checkSeconds * 1_000)
  let url = webAddress(address, address)
  for (let followed = 0; ; followed += 1) {
    const response = await ask(url, signal)
    const { status, headers } = response
    const target = status >= 300 && status < 400 ? headers.get('location') : null
    if (target === null) {
      return {
        url,
        status,
        policies: (headers.get('content-security-policy') ?? '')
          .split(',')
          .filter((one) => one.trim() !== ''),
        referrerPolicy: headers.get('referrer-policy'),
        html: await readText(response, url),
      }
    }
    await response.body?.cancel()
    if (followed === LIMITS.checkRedirectsMax)
      throw unreadable(address, `it redirects more than ${LIMITS.checkRedirectsMax} times`)
    url = webAddress(URL.parse(target, url.href)?.href ?? target, address)
  }
}

function webAddress(text: string, asked: string): URL {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw unreadable(
    asked,
    `"${text}" is no address of the web; expected one such as https://blog.example.org/`,
  )
}

async function ask(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: HEADERS, redirect: 'manual', signal })
  } catch (cause) {
    throw unreadable(url.href, whyUnreachable(cause), cause)
  }
}

/** Why a request got no answer. @param failure what `fetch` threw */
export function whyUnreachable(failure: unknown): string {
  if (failure instanceof DOMException) return `no answer within ${LIMITS.checkSeconds} seconds`
  return `no answer (${errorCode(failure instanceof Error ? (failure.cause ?? failure) : failure)})`
}

/** The text as far as it is read, in the character set that the header names. */
async function readText(response: Response, url: URL): Promise<string> {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(response.headers.get('content-type') ?? '') ?? []
  const parts: Uint8Array[] = []
  let room = LIMITS.checkPageBytesMax
  try {
    for await (const part of response.body ?? []) {
      parts.push(part.subarray(0, room))
      room -= part.length
      if (room <= 0) break
    }
    return new TextDecoder(charset).decode(Buffer.concat(parts))
  } catch (cause) {
    throw unreadable(
      url.href,
      cause instanceof RangeError ? `its charset is "${charset}"` : whyUnreachable(cause),
      cause,
    )
  }
}

function unreadable(url: string, what: string, cause?: unknown): AppError {
  return new AppError('PAGE_UNREADABLE', `Cannot check "${url}": ${what}`, { cause })
}
