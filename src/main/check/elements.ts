import type { DefaultTreeAdapterMap } from 'parse5'
import { parse, parseFragment } from 'parse5'

/** An element of a page. */
export interface PageElement {
  readonly name: string
  /** By lower-case name. */
  readonly attributes: ReadonlyMap<string, string>
  /** True inside <noscript>: there only with scripts off. */
  readonly scriptsOff: boolean
}

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

/** The elements of a page in its order, as a browser with scripts makes them; what <template> holds is left out. */
export function elementsOf(html: string): readonly PageElement[] {
  return walk(parse(html), false)
}

function walk(root: Node, scriptsOff: boolean): readonly PageElement[] {
  const found: PageElement[] = []
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed())
    if (!('tagName' in node)) continue
    found.push(elementOf(node, scriptsOff))
    // A browser with scripts reads what <noscript> holds as text.
    if (node.tagName === 'noscript') found.push(...walk(parseFragment(textOf(node)), true))
  }
  return found
}

function elementOf({ tagName, attrs }: Element, scriptsOff: boolean): PageElement {
  return {
    name: tagName,
    attributes: new Map(attrs.map(({ name, value }) => [name, value])),
    scriptsOff,
  }
}

function textOf({ childNodes }: Element): string {
  return childNodes.map((node) => ('value' in node ? node.value : '')).join('')
}
