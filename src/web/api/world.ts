import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Guard, Guarded } from '../callers.ts'
import type { WebDeps } from '../deps.ts'
import type { Links } from '../links.ts'
import type { SiteList } from '../site-list.ts'

/** The API's routes, each with its schemas. */
export type Api = OpenAPIHono<Guarded>

/** What the API is made from. */
export interface ApiWorld {
  readonly deps: WebDeps
  readonly links: Links
  readonly guard: Guard
  readonly siteList: SiteList
}
