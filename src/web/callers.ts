import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../limits.ts'
import type { WebDeps } from './deps.ts'
import type { Links } from './links.ts'
import { problemJson } from './problems.ts'
import type { Share } from './quota.ts'
import { Quota } from './quota.ts'
import type { Scope } from './token.ts'
import { bearerOf, findToken } from './token.ts'

/** Who asks for data. */
export interface Caller {
  /** Its requests are counted under this name. */
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** What a guarded handler finds in its context. */
export interface Guarded {
  readonly Variables: { readonly caller: Caller }
}

/** Lets those pass who may do what the scope says, as often as the limit allows; the others get 401, 403 or 429. */
export type Guard = (scope: Scope) => MiddlewareHandler<Guarded>

/** Whoever looks may take out what he sees; having hits counted takes a token, which no form of another site can send. */
const LOOKING: readonly Scope[] = ['read', 'export']
const SESSION: Caller = { name: 'session', scopes: LOOKING }
const ANYBODY: Caller = { name: 'anybody', scopes: LOOKING }

interface World {
  readonly deps: WebDeps
  readonly links: Links
  readonly signedIn: (context: Context) => boolean
}

/** The guard over one set of deps. A bearer token, where one is sent, decides alone. */
export function createGuard(world: World): Guard {
  const { deps, links } = world
  const quota = new Quota()
  return (scope) => async (context, next) => {
    const caller = callerOf(context, world)
    if (caller === null) return refuse(context, links)
    if (!caller.scopes.includes(scope)) return forbid(context, scope)
    const share = quota.take(caller.name, deps.now())
    if (!share.granted) return tooMany(context, share)
    context.set('caller', caller)
    tell(context, share)
    return next()
  }
}

function callerOf(context: Context, { deps, signedIn }: World): Caller | null {
  const secret = bearerOf(context.req.header('Authorization'))
  if (secret !== null) {
    const token = findToken(deps.auth.tokens, secret)
    return token === null ? null : { name: `token ${token.name}`, scopes: token.scopes }
  }
  if (signedIn(context)) return SESSION
  return deps.demo ? ANYBODY : null
}

function refuse(context: Context, links: Links): Response {
  context.header('WWW-Authenticate', 'Bearer realm="Headcount"')
  context.header('WWW-Authenticate', `Cookie realm="Headcount", form-action="${links.login}"`, {
    append: true,
  })
  const detail = 'Send a token (Authorization: Bearer hc_…), or the cookie of a session of the dashboard'
  return problemJson(context, { status: 401, title: 'Not logged in', detail })
}

function forbid(context: Context, scope: Scope): Response {
  const challenge = `Bearer realm="Headcount", error="insufficient_scope", scope="${scope}"`
  context.header('WWW-Authenticate', challenge)
  const detail = `This takes a token that was made with --scope ${scope}`
  return problemJson(context, { status: 403, title: 'Not with this', detail })
}

function tooMany(context: Context, share: Share): Response {
  tell(context, share)
  context.header('Retry-After', String(share.resetSeconds))
  const detail = `At most ${LIMITS.apiRequestsPerMinute} requests a minute. Wait ${share.resetSeconds} seconds.`
  return problemJson(context, { status: 429, title: 'Too many requests', detail })
}

/** As the working group for HTTP APIs drafts it (draft-ietf-httpapi-ratelimit-headers-10). */
function tell(context: Context, { remaining, resetSeconds }: Share): void {
  context.header('RateLimit-Policy', `"minute";q=${LIMITS.apiRequestsPerMinute};w=60`)
  context.header('RateLimit', `"minute";r=${remaining};t=${resetSeconds}`)
}
