import { parseXml } from '@rgrove/parse-xml'
import { parse } from 'parse5'
import type { PageElement } from '../../../src/main/check/elements.ts'
import type { Visited } from './crawl.ts'
import { targetOf } from './crawl.ts'

/** Where the licence of the countries leads. */
const CREDIT = 'https://db-ip.com/'
const OTHER_FILES = /^(?:text\/(?:css|csv)|application\/(?:x-ndjson|vnd\.apache\.parquet))\b/
const REFERENCES = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-details', 'list']

/** What is wrong with what one address answered; nothing, if all is well. */
export function faultsOf(visited: Visited): readonly string[] {
  if (visited.status !== 200) return [`is answered ${visited.status}`]
  if (visited.type.startsWith('text/html')) return FAULTS_OF_PAGES.flatMap((find) => find(visited))
  const fault = faultOfFile(visited)
  return fault === null ? [] : [fault]
}

/** Links of all pages to a place of a page that has none of this name. */
export function deadAnchors(pages: readonly Visited[]): readonly string[] {
  const places = new Map(pages.map((page) => [page.url.pathname + page.url.search, idsOf(page.elements)]))
  return pages.flatMap(({ url, elements }) =>
    elements.flatMap((element) => {
      const to = URL.parse(targetOf(element) ?? '', url.href)
      const ids = places.get((to?.pathname ?? '') + (to?.search ?? ''))
      const dead = to !== null && to.hash !== '' && ids !== undefined && !ids.includes(to.hash.slice(1))
      return dead ? [`${url.pathname}${url.search} leads to ${to.href}`] : []
    }),
  )
}

type Find = (page: Visited) => readonly string[]

const FAULTS_OF_PAGES: readonly Find[] = [
  malformedFaults,
  partFaults,
  codeFaults,
  referenceFaults,
  foreignFaults,
]

function malformedFaults({ body }: Visited): readonly string[] {
  const faults: string[] = []
  parse(body, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine }) => faults.push(`is malformed in line ${startLine}: ${code}`),
  })
  return faults
}

function partFaults({ body, elements }: Visited): readonly string[] {
  const missing = ['h1', 'main'].filter((name) => !elements.some((element) => element.name === name))
  const language = elements.find(({ name }) => name === 'html')?.attributes.get('lang')
  return [
    ...missing.map((name) => `has no ${name}`),
    ...(/<title>[^<]+<\/title>/.test(body) ? [] : ['has no title']),
    ...(language === 'en' ? [] : [`is in the language "${language}"`]),
  ]
}

/** Scripts, styles of its own, and addresses that are code. */
function codeFaults({ elements }: Visited): readonly string[] {
  return elements.flatMap((element) => {
    const attributes = [...element.attributes.keys()].filter((name) => /^(?:style|on.*)$/.test(name))
    const code = /^\s*(?:javascript|data|vbscript):/i.test(targetOf(element) ?? '')
    return [
      ...(['script', 'style', 'base', 'iframe', 'object', 'embed'].includes(element.name)
        ? [`has a ${element.name}`]
        : []),
      ...attributes.map((name) => `has the attribute ${name}`),
      ...(code ? [`leads to ${targetOf(element)}`] : []),
    ]
  })
}

/** Elements that name another one which is not there, and names that two elements have. */
function referenceFaults({ elements }: Visited): readonly string[] {
  const ids = idsOf(elements)
  const double = ids.filter((id, index) => ids.indexOf(id) < index)
  const dead = elements.flatMap(({ attributes }) =>
    REFERENCES.flatMap((name) => attributes.get(name)?.split(/\s+/) ?? []).filter((id) => !ids.includes(id)),
  )
  return [
    ...double.map((id) => `has two elements called "${id}"`),
    ...dead.map((id) => `names "${id}", which is not there`),
  ]
}

/** Addresses of other hosts, but in links: those readers follow, browsers ask nothing. */
function foreignFaults({ url, elements }: Visited): readonly string[] {
  return elements.flatMap((element) => {
    const to = URL.parse(targetOf(element) ?? '', url.href)
    if (to === null || to.origin === url.origin || to.href === CREDIT) return []
    const followed = element.name === 'a' && element.attributes.get('rel') === 'noreferrer'
    return followed ? [] : [`leads to ${to.href} by <${element.name}>`]
  })
}

function faultOfFile({ type, body }: Visited): string | null {
  try {
    if (type.startsWith('image/svg+xml')) parseXml(body)
    else if (type.startsWith('application/json')) JSON.parse(body)
    else if (!OTHER_FILES.test(type)) return `is ${type}`
    return null
  } catch (error) {
    return `is malformed: ${String(error)}`
  }
}

function idsOf(elements: readonly PageElement[]): readonly string[] {
  return elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
}
