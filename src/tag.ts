import type { Generator } from './generators.ts'
import type { Relation } from './same-site.ts'
import type { Stems } from './stems.ts'
import { html, PATH } from './tag-markup.ts'
import type { Directive, Extra, Part, Resources } from './tag-parts.ts'
import { EXTRA_PARTS, picturePart, viewPart, visitorsPart } from './tag-parts.ts'

/** How a site is counted, for the tag to paste. */
export interface TagPlace {
  /** Where the collector is reached from outside: scheme, host and base path, no "/" at the end. */
  readonly publicUrl: string
  /** Null: the collector takes the site from the request. */
  readonly site: string | null
  readonly stems: Stems
}

/** What a person wants to paste. */
export interface TagWish {
  readonly place: TagPlace
  /** How the collector stands to the pages. */
  readonly relation: Relation
  readonly generator: Generator
  readonly visitors: boolean
  readonly extras: readonly Extra[]
}

/** One piece to paste. */
export interface TagPiece {
  readonly counts: string
  readonly where: string
  readonly code: string
  readonly notes: readonly string[]
}

/** All that there is to paste, and what a Content-Security-Policy of the pages has to allow. */
export interface TagAdvice {
  readonly pieces: readonly TagPiece[]
  /** `style-src https://count.example.org` */
  readonly contentPolicy: readonly string[]
}

/** The tag for one site and what makes its pages: the same for the command line and the dashboard. */
export function adviseTag(wish: TagWish): TagAdvice {
  const { generator, extras } = wish
  const resources = resourcesOf(wish)
  const head = headPart(wish, resources)
  const foreign = generator.foreign === true
  const bodies = foreign ? [] : extras.map((extra) => EXTRA_PARTS[extra](resources))
  return {
    pieces: [headPiece(wish, head, resources.named), ...bodies.map((part) => bodyPiece(wish, part))],
    contentPolicy: foreign ? [] : policyLines(wish, [head, ...bodies]),
  }
}

/** The basic tag on one line of HTML, for where nothing is known of the pages. */
export function plainTag(place: TagPlace): string {
  const folder = folderOf(place)
  const { elements } = viewPart({ folder, stems: place.stems, relation: 'same-site', named: false })
  return elements.map((element) => html(element, PATH).replaceAll(/\n\s*/g, ' ')).join('')
}

/** The page is named where browsers would not name it. */
function resourcesOf({ place, relation, generator }: TagWish): Resources {
  const named = relation === 'cross-site' || generator.foreign === true
  const whole = folderOf(place)
  const folder = relation === 'same-origin' && !named ? new URL(whole).pathname : whole
  return { folder, stems: place.stems, relation, named }
}

function folderOf({ publicUrl, site }: TagPlace): string {
  return `${publicUrl}/${site === null ? '' : `${encodeURIComponent(site)}/`}`
}

function headPart({ generator, visitors }: TagWish, resources: Resources): Part {
  if (generator.picture !== undefined) return picturePart(resources, generator.picture)
  return visitors ? visitorsPart(resources) : viewPart(resources)
}

function headPiece({ generator }: TagWish, part: Part, named: boolean): TagPiece {
  const { dialect, path, file, where, whereNamed = where, foreign, notes = {} } = generator
  const tag = part.elements.map((element) => dialect(element, path)).join('\n')
  const known = [...part.notes, notes.always, named ? notes.named : notes.unnamed]
  return {
    counts: part.counts,
    where: named ? whereNamed : where,
    code: file?.(tag, named) ?? tag,
    notes: [...known.filter((words) => words !== undefined), ...(foreign === true ? [] : byHand(tag))],
  }
}

function bodyPiece({ generator }: TagWish, { counts, where, elements, besides, notes }: Part): TagPiece {
  const { dialect, path } = generator.body ?? generator
  const tag = elements.map((element) => dialect(element, path)).join('\n')
  return { counts, where, code: [...besides, tag].join('\n'), notes: [...notes, ...byHand(tag)] }
}

/** What to do about a path that no template fills in. */
function byHand(tag: string): readonly string[] {
  return tag.includes(PATH) ? ['Write the path of each page for {path}, as in ?p=/2026/a-post/ .'] : []
}

function policyLines({ place, relation }: TagWish, parts: readonly Part[]): readonly string[] {
  const source = relation === 'same-origin' ? "'self'" : new URL(place.publicUrl).origin
  const needs = new Set<Directive>(parts.flatMap((part) => part.needs))
  return Array.from(needs, (directive) => `${directive} ${source}`)
}
