import type { html } from 'hono/html'

/** Escaped markup, as `html` makes it: it goes into other markup as it is, where a string is escaped. */
export type Html = ReturnType<typeof html>
