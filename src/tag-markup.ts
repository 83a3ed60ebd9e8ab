/** An element of a tag. `{path}` in a value stands for the path of the page, escaped for a query. */
export interface Markup {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children?: readonly Markup[]
  readonly text?: string
}

/** Writes an element in one language of pages. @param path what stands for `{path}` there */
export type Dialect = (markup: Markup, path: string) => string

/** What `Markup` and plain HTML have where a template would fill in the path. */
export const PATH = '{path}'

/** HTML, and every template language that fills in text. */
export const html: Dialect = (markup, path) =>
  element(markup, { end: '>', attribute: (name, value) => `${name}="${escape(value).replace(PATH, path)}"` })

/** HTML whose attributes may be expressions of JavaScript, as in Astro. */
export const htmlWithScript: Dialect = (markup, path) =>
  element(markup, { end: '>', attribute: scripted(path, (name) => name) })

/** JSX. */
export const jsx: Dialect = (markup, path) =>
  element(markup, {
    end: ' />',
    attribute: (name, value) =>
      name === 'style' ? reactStyle(value, path) : scripted(path, inReact)(name, value),
  })

/** The XML of Blogger's themes. */
export const bloggerXml: Dialect = (markup, path) =>
  element(markup, {
    end: '/>',
    attribute: (name, value) => {
      const [before = '', after] = escape(value).split(PATH)
      if (after === undefined) return `${name}="${before}"`
      return `expr:${name}='"${before}" + ${path}${after === '' ? '' : ` + "${after}"`}'`
    },
  })

/** A picture in Markdown. */
export const markdown: Dialect = ({ attributes }, path) =>
  `![${attributes['alt'] ?? ''}](${(attributes['src'] ?? '').replace(PATH, path)})`

/** An entry of `head` in VitePress' configuration. */
export const vitepressHead: Dialect = ({ name, attributes }, path) => {
  const pairs = Object.entries(attributes).map(([key, value]) => {
    const quoted = value.includes(PATH) ? `\`${value.replace(PATH, `\${${path}}`)}\`` : `'${value}'`
    return `    ${key}: ${quoted},\n`
  })
  return `  ['${name}', {\n${pairs.join('')}  }],`
}

/** React's name of an attribute. */
function inReact(name: string): string {
  return { referrerpolicy: 'referrerPolicy', srcset: 'srcSet' }[name] ?? name
}

interface Writing {
  /** What ends the opening tag of an element without content. */
  readonly end: string
  readonly attribute: (name: string, value: string) => string
}

const VOID: ReadonlySet<string> = new Set(['img', 'link', 'source'])
/** Attributes that begin a line: they are long. */
const OWN_LINE: ReadonlySet<string> = new Set('href src srcset ping style alt referrerpolicy'.split(' '))

function element(markup: Markup, writing: Writing, indent = ''): string {
  const { name, attributes, children = [], text = '' } = markup
  const written = Object.entries(attributes).map(([key, value], index) => {
    const space = index > 0 && OWN_LINE.has(key) ? `\n${indent}  ` : ' '
    return `${space}${value === '' && key === 'hidden' ? key : writing.attribute(key, value)}`
  })
  const opened = `${indent}<${name}${written.join('')}`
  if (VOID.has(name)) return `${opened}${writing.end}`
  const inside = children.map((child) => `${element(child, writing, `${indent}  `)}\n`).join('')
  return `${opened}>${text}${inside === '' ? '' : `\n${inside}${indent}`}</${name}>`
}

/** Attributes that are template literals where they hold the path. */
function scripted(path: string, rename: (name: string) => string): Writing['attribute'] {
  return (name, value) =>
    value.includes(PATH)
      ? `${rename(name)}={\`${value.replace(PATH, `\${${path}}`)}\`}`
      : `${rename(name)}="${escape(value)}"`
}

/** React takes declarations as an object. */
function reactStyle(value: string, path: string): string {
  const [property = '', text = ''] = value.split(': ')
  return `style={{ '${property}': \`${text.replace(PATH, `\${${path}}`)}\` }}`
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
