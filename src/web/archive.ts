import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { DefaultTreeAdapterMap } from 'parse5'
import { parseFragment, serialize } from 'parse5'
import type { Html } from './html.ts'
import { brand, PATTERNS } from './page/frame.ts'
import { PRINT_STYLES, STYLES } from './styles.ts'

type Node = DefaultTreeAdapterMap['childNode']
type Element = DefaultTreeAdapterMap['element']

/** A page that is to stand by itself. */
export interface Archived {
  readonly title: string
  /** Stands above it. */
  readonly site: string
  readonly main: Html
}

/**
 * The page as one file for mail or an archive: styles inside, nothing to fetch, and without what leads nowhere
 * there: menus, forms, and links to other pages of the dashboard.
 */
export async function archived({ title, site, main }: Archived): Promise<string> {
  const styles = `${STYLES}@media print{${PRINT_STYLES}}`
  const hash = createHash('sha256').update(styles).digest('base64')
  const kept = withoutControls(String(await main))
  return String(
    await html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">
<title>${title} · Headcount</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${raw(styles)}</style>
</head>
<body>
${PATTERNS}
<header class="top">
${brand(null)}
<strong>${site}</strong>
</header>
<main>
${raw(kept)}
</main>
</body>
</html>
`,
  )
}

function withoutControls(markup: string): string {
  const tree = parseFragment(markup)
  clean(tree.childNodes)
  return serialize(tree)
}

/** Takes out, at every depth, what is of use on the dashboard alone. */
function clean(nodes: Node[]): void {
  nodes.splice(0, nodes.length, ...nodes.filter((node) => !isElement(node) || !isControl(node)))
  for (const node of nodes) {
    if (!isElement(node)) continue
    if (node.tagName === 'a' && !leadsOut(node))
      node.attrs = node.attrs.filter(({ name }) => name === 'class')
    clean(node.childNodes)
  }
}

/** Looks of links that are nothing but links. */
const LINK_LOOKS = new Set(['why', 'more', 'file', 'link', 'tab'])

function isControl(element: Element): boolean {
  const looks = (valueOf(element, 'class') ?? '').split(' ')
  if (['nav', 'form'].includes(element.tagName) || looks.includes('menu')) return true
  if (element.tagName !== 'a' || leadsOut(element)) return false
  return looks.some((look) => LINK_LOOKS.has(look)) || isIn(element, 'header')
}

function isElement(node: Node): node is Element {
  return 'tagName' in node
}

function isIn({ parentNode }: Element, name: string): boolean {
  return parentNode !== null && 'tagName' in parentNode && parentNode.tagName === name
}

function leadsOut(link: Element): boolean {
  return valueOf(link, 'href')?.startsWith('https://') === true
}

function valueOf(element: Element, attribute: string): string | undefined {
  return element.attrs.find(({ name }) => name === attribute)?.value
}
