import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode } from '../errors.ts'
import { AppError } from '../errors.ts'
import type { Links } from './links.ts'
import { page } from './page/frame.ts'
import type { Problem } from './page/problem.ts'
import { problemMain } from './page/problem.ts'

const ASKED_WRONGLY: ReadonlySet<ErrorCode> = new Set(['PERIOD_INVALID', 'QUESTION_INVALID'])

/** What a failure is to the person who asked. Only a failure that has a code tells its message. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof AppError))
    return {
      status: 500,
      title: 'Something went wrong',
      detail: 'What it was stands in the log of “headcount serve”. Counting goes on.',
    }
  const detail = error.message
  if (ASKED_WRONGLY.has(error.code))
    return { status: 400, title: 'That cannot be asked', detail, code: error.code }
  if (error.code === 'SITE_UNKNOWN') return { status: 404, title: 'No such site', detail, code: error.code }
  return {
    status: 503,
    title: 'No report right now',
    detail: `${detail}. Counting goes on; load again in a moment.`,
  }
}

/** Answers with a problem in the language of who asked: JSON under /api/, else a page. */
export function answerProblem(
  context: Context,
  problem: Problem,
  links: Links,
): Response | Promise<Response> {
  const isApi = context.req.path.startsWith(`${links.base}/api/`)
  return isApi ? problemJson(context, problem) : problemPage(context, problem, links)
}

/** A problem as a page. */
export function problemPage(context: Context, problem: Problem, links: Links): Response | Promise<Response> {
  context.status(problem.status)
  return context.html(page({ title: problem.title, links, main: problemMain(problem, links.sites) }))
}

/** What is wrong with one part of a request. */
export interface Fault {
  /** JSON pointer into the body (`#/hits/3/path`), or name of the parameter. */
  readonly pointer: string
  readonly detail: string
}

/** A problem as programs read it. */
interface TechnicalProblem extends Omit<Problem, 'status'> {
  readonly status: ContentfulStatusCode
  readonly errors?: readonly Fault[]
}

/** A problem as JSON (RFC 9457). */
export function problemJson(context: Context, problem: TechnicalProblem): Response {
  const body = JSON.stringify({ type: 'about:blank', ...problem })
  return context.body(body, problem.status, { 'Content-Type': 'application/problem+json' })
}
