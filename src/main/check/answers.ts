import { LIMITS } from '../../limits.ts'
import { whyUnreachable } from './page.ts'
import type { FoundTag } from './tags.ts'

/** What is wrong with the answer to a tag; null where a collector answers as it should. Asks by HEAD, which is not counted. */
export async function faultOfAnswer({ url, call }: FoundTag): Promise<string | null> {
  const signal = AbortSignal.timeout(LIMITS.checkSeconds * 1_000)
  try {
    return faultOf(await fetch(url, { method: 'HEAD', redirect: 'manual', signal }), call)
  } catch (error) {
    return `the collector gives ${whyUnreachable(error)} at ${url.origin}; is it running, and is the address right?`
  }
}

function faultOf({ status, headers }: Response, { resource }: FoundTag['call']): string | null {
  if (status >= 300 && status < 400)
    return `its address redirects to "${headers.get('location')}"; write that one`
  if (status === 503) return 'the collector answers 503: it cannot keep hits now; see "headcount doctor"'
  if (status !== 200)
    return `its address answers ${status}: no collector is there; is the path before the resource right?`
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  if (resource.content !== null && type !== resource.content.type)
    return `its address answers with "${type}": no collector is there`
  return /no-cache/.test(headers.get('cache-control') ?? '')
    ? null
    : 'something before the collector changes its Cache-Control: a cache then answers, and the views are lost'
}
