/** How pages of a generator of sites write the tag's address, with their own path in it. */
type WriteAddress = (resource: string) => string

/** What makes pages, and how each says the path of the page that it makes. */
export const GENERATORS: ReadonlyMap<string, WriteAddress> = new Map(
  Object.entries<WriteAddress>({
    html: (resource) => `href="${resource}?p={path}"`,
    hugo: (resource) => `href="${resource}?p={{ .RelPermalink | urlquery }}"`,
    jekyll: (resource) => `href="${resource}?p={{ page.url | relative_url | url_encode }}"`,
    eleventy: (resource) => `href="${resource}?p={{ page.url }}"`,
    astro: (resource) => `href={\`${resource}?p=\${encodeURIComponent(Astro.url.pathname)}\`}`,
  }),
)
