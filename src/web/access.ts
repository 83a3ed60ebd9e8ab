import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { keyOpens, sealSession, SESSION_COOKIE, SESSION_DAYS, sessionHolds } from './auth.ts'
import type { Guard } from './callers.ts'
import { createGuard } from './callers.ts'
import type { WebDeps } from './deps.ts'
import type { Links } from './links.ts'
import { LoginGate } from './login-gate.ts'
import { safeNext } from './next.ts'
import { page } from './page/frame.ts'
import { keyOnlyMain, loginMain } from './page/login.ts'
import { verifyPassword } from './password.ts'
import { problemPage } from './problems.ts'

/** Answers one request. */
export type Handler = (context: Context) => Response | Promise<Response>

/** Who may look: the login, and what stands behind it. */
export interface Access {
  /**
   * The handler, for those who are logged in. Others get what `stranger` has for them, and where that is nothing are sent
   * to the login.
   */
  page(handler: Handler, stranger?: (context: Context) => Handler | null): Handler
  /** Stands before data. */
  readonly guard: Guard
  /** Whether there is a session to end. */
  signedIn(context: Context): boolean
  readonly showLogin: Handler
  readonly login: Handler
  readonly logout: Handler
}

/**
 * The access rules over one set of deps. Nothing but a session, a token, or a user whom a trusted proxy names opens
 * anything: no other header, no address.
 */
export function createAccess(deps: WebDeps, links: Links): Access {
  const gate = new LoginGate()
  const signedIn = (context: Context) =>
    sessionHolds(deps.auth, getCookie(context, SESSION_COOKIE), deps.now())
  const known = (context: Context) => signedIn(context) || deps.namesUser(context.req.raw)
  const mayLook = (context: Context) => deps.demo || known(context)
  return {
    signedIn,
    page: (handler, stranger) => (context) => {
      const allowed = mayLook(context) ? handler : stranger?.(context)
      return allowed?.(context) ?? context.redirect(loginAddress(context, links), 303)
    },
    guard: createGuard({ deps, links, signedIn: known }),
    showLogin: (context) => showLogin(context, { deps, links, signedIn: signedIn(context) }),
    login: (context) => logIn(context, { deps, links, gate }),
    logout: (context) => logOut(context, { deps, links, signedIn: signedIn(context) }),
  }
}

interface World {
  readonly deps: WebDeps
  readonly links: Links
}

function loginAddress(context: Context, links: Links): string {
  const { pathname, search } = new URL(context.req.url)
  return `${links.login}?next=${encodeURIComponent(pathname + search)}`
}

function showLogin(
  context: Context,
  { deps, links, signedIn }: World & { signedIn: boolean },
): Response | Promise<Response> {
  const next = safeNext(context.req.query('next') ?? null, links.sites)
  const key = context.req.query('key')
  if (key !== undefined && keyOpens(deps.auth, key)) {
    openSession(context, deps)
    return context.redirect(next, 303)
  }
  if (signedIn) return context.redirect(next, 303)
  if (deps.auth.passwordHash !== null) return loginPage(context, links, { next, alert: null })
  if (key !== undefined) context.status(403)
  return context.html(page({ title: 'Log in', links, main: keyOnlyMain(key !== undefined) }))
}

/** One answer for all failures, so that it tells nothing; scrypt makes them equally slow. */
async function logIn(
  context: Context,
  { deps, links, gate }: World & { gate: LoginGate },
): Promise<Response> {
  if (isForeign(context)) return foreign(context, links)
  const form = await context.req.parseBody()
  const [password, wanted] = [form['password'], form['next']]
  const next = safeNext(typeof wanted === 'string' ? wanted : null, links.sites)
  const { passwordHash } = deps.auth
  if (passwordHash === null) return context.redirect(links.login, 303)
  if (!gate.take(deps.now())) {
    context.status(429)
    context.header('Retry-After', '60')
    return loginPage(context, links, { next, alert: 'Too many tries. Wait a minute, then try again.' })
  }
  const tried = typeof password === 'string' ? password : ''
  if (!(await gate.run(() => verifyPassword(tried, passwordHash)))) {
    context.status(403)
    return loginPage(context, links, { next, alert: 'That is not the password.' })
  }
  openSession(context, deps)
  return context.redirect(next, 303)
}

function logOut(
  context: Context,
  { deps, links, signedIn }: World & { signedIn: boolean },
): Response | Promise<Response> {
  if (isForeign(context)) return foreign(context, links)
  if (signedIn) deleteCookie(context, SESSION_COOKIE, { path: `${deps.basePath}/` })
  return context.redirect(links.login, 303)
}

function openSession(context: Context, deps: WebDeps): void {
  setCookie(context, SESSION_COOKIE, sealSession(deps.auth, deps.now()), {
    path: `${deps.basePath}/`,
    maxAge: SESSION_DAYS * 86_400,
    httpOnly: true,
    sameSite: 'Lax',
    secure: deps.publicUrl(context.req.raw).startsWith('https:'),
  })
}

/**
 * Whether another site's page sent this form. Browsers that do not say so still keep the cookie out of such
 * requests (`SameSite=Lax`). `Origin` is no help: under `Referrer-Policy: no-referrer` our own forms send "null".
 */
function isForeign(context: Context): boolean {
  const sender = context.req.header('Sec-Fetch-Site')
  return sender !== undefined && sender !== 'same-origin' && sender !== 'none'
}

function foreign(context: Context, links: Links): Response | Promise<Response> {
  const detail = 'Forms of other sites are not taken. Go to the page itself and try again.'
  return problemPage(context, { status: 403, title: 'This came from another site', detail }, links)
}

function loginPage(
  context: Context,
  links: Links,
  { next, alert }: { next: string; alert: string | null },
): Response | Promise<Response> {
  return context.html(page({ title: 'Log in', links, main: loginMain(links, next, alert) }))
}
