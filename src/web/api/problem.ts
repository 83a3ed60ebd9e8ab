import type { Hook, RouteConfig } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Guarded } from '../callers.ts'
import type { Fault } from '../problems.ts'
import { problemJson, problemOf } from '../problems.ts'

/** What a route may answer, by status. */
export type Answers = RouteConfig['responses']

/** What opens a route: one of these. */
export type Security = NonNullable<RouteConfig['security']>

/** Errors as JSON (RFC 9457). */
const PROBLEM = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'See docs/errors.md', example: 'QUESTION_INVALID' }).optional(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().openapi({
            description: 'JSON pointer into the body, or name of a parameter',
            example: '#/hits/3/path',
          }),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .openapi('Problem')

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: PROBLEM } } }
}

/** What every route may answer. */
export const PROBLEMS: Answers = {
  400: problem('The request cannot be read, or what it asks has no answer'),
  401: problem('No token, no session'),
  403: problem('The token lacks the scope'),
  429: problem('Too many requests'),
  431: { description: 'Address and headers are longer than 16 KiB' },
  503: problem('Not now; try again'),
}

/** What a route may answer, besides, that is about a site. */
export const NO_SITE: Answers = { 404: problem('No such site') }

/** What a route may answer, besides, that takes a body. */
export const BODY_PROBLEMS: Answers = {
  413: problem('The body is too long'),
  415: problem('The body is not JSON'),
  422: problem('The key was used for other hits'),
}

/** Faults told of one request. */
const FAULTS_MAX = 100

/** Answers a request that breaks its schema. */
export function answerFaults(context: Context, faults: readonly Fault[]): Response {
  const first = faults.slice(0, 1).flatMap(({ pointer, detail }) => [pointer, detail])
  return problemJson(context, {
    status: 400,
    title: 'That cannot be read',
    detail: ['Cannot read the request:', ...first.filter((part) => part !== '')].join(' '),
    code: 'QUESTION_INVALID',
    errors: faults.slice(0, FAULTS_MAX),
  })
}

/** Turns what a schema found wrong into the answer. */
export const refuseFaults: Hook<unknown, Guarded, string, unknown> = (result, context) => {
  if (result.success) return undefined
  const inBody = result.target === 'json'
  const faults = result.error.issues.map(({ path, message }) => ({
    pointer: inBody ? ['#', ...path.map(String)].join('/') : path.map(String).join('.'),
    detail: message,
  }))
  return answerFaults(context, faults)
}

/** What a request that cannot be read as HTTP or JSON is answered, and all that fails behind the schemas. */
export function answerFailure(error: Error, context: Context, failed: (error: unknown) => void): Response {
  if (error instanceof HTTPException) {
    const { status, message } = error
    return problemJson(context, { status, title: 'That cannot be read', detail: message })
  }
  const problem = problemOf(error)
  if (problem.status >= 500) failed(error)
  return problemJson(context, problem)
}
