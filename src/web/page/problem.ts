import { html } from 'hono/html'
import type { ErrorCode } from '../../errors.ts'
import type { Html } from '../html.ts'
import { brand } from './frame.ts'

/** What went wrong, in the words of a person, and a way on. */
export interface Problem {
  readonly status: 400 | 403 | 404 | 405 | 413 | 429 | 500 | 503
  readonly title: string
  readonly detail: string
  /** Of an `AppError`, for programs. */
  readonly code?: ErrorCode
}

/** A page that says so. @param back where its one link leads, or null for none */
export function problemMain({ title, detail }: Problem, back: string | null): Html {
  return html`${brand(back)}
<h1>${title}</h1>
<p>${detail}</p>
${back === null ? null : html`<p><a href="${back}">To the sites</a></p>`}`
}
