/** Puts a tag into what a template of Jinja adds to the one that it extends. */
export function inJinjaBlock(base: string, tag: string): string {
  return `{% extends "${base}" %}\n{% block extrahead %}\n{{ super() }}\n${tag}\n{% endblock %}`
}

/** A plugin of WordPress that writes the tag into every head. */
export function inWordpressHook(tag: string): string {
  return `<?php\nadd_action('wp_head', function () { ?>\n${tag}\n<?php });`
}

/** A configuration of VitePress; the path of a page is made when it is built. */
export function inVitepressConfig(tag: string, named: boolean): string {
  if (!named) return `export default {\n  head: [\n${indented(tag, 2)}\n  ],\n}`
  return `const path = ({ pageData, siteData }) => {
  const file = pageData.relativePath
    .replace(/\\.md$/, siteData.cleanUrls ? '' : '.html')
    .replace(/(^|\\/)index(\\.html)?$/, '$1')
  return encodeURIComponent(siteData.base + file).replaceAll('%2F', '/')
}

export default {
  transformHead: (page) => [
${indented(tag, 2)}
  ],
}`
}

/** The component around all of Docusaurus' pages. */
export function inDocusaurusRoot(tag: string, named: boolean): string {
  const imports = named ? "import { useLocation } from '@docusaurus/router'\n" : ''
  return `import Head from '@docusaurus/Head'
${imports}
export default function Root({ children }) {
  return (
    <>
      <Head>
${indented(tag, 8)}
      </Head>
      {children}
    </>
  )
}`
}

/** A component for Next.js' layout: only what runs in the browser as well knows the path. */
export function inNextComponent(tag: string): string {
  return `'use client'
import { usePathname } from 'next/navigation'

export function Count() {
  return (
    <>
${indented(tag, 6)}
    </>
  )
}`
}

function indented(text: string, spaces: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(spaces))
}
