import type { PageWorld } from './claim.ts'

/** A stylesheet that applies to no medium. @param resource such as `c.css` */
export function styleTag({ at, policy }: PageWorld, resource: string): string {
  return `<link rel="stylesheet" media="none" href="${at(resource)}"${policy}>`
}

/** The query that names the page, as a template writes it. */
export function pageQuery({ path }: PageWorld): string {
  return `?p=${encodeURIComponent(path).replaceAll('%2F', '/')}`
}
