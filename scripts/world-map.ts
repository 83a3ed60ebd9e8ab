import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoEqualEarth, geoPath } from 'd3-geo'
import { feature, transform } from 'topojson-client'

/** Countries as they are drawn: paths in a picture of `width` × `height`. */
export interface World {
  readonly width: number
  readonly height: number
  /** Path of a country by its ISO 3166-1 alpha-2 code, in that order. */
  readonly countries: Readonly<Record<string, string>>
  /** Path of land that has no code of its own. */
  readonly rest: string
}

type Point = readonly [x: number, y: number]
type Feature = Extract<ReturnType<typeof feature>, { type: 'Feature' }>

const WIDTH = 1000
/** Degrees that a border may be moved: about a unit of the picture. */
const TOLERANCE = 0.6
/** Equal Earth is cut here, so that no country is: in the Bering Strait. */
const CUT_AT_DEGREES = -169
/** Natural Earth gives Kosovo no code; XK is what everybody uses. */
const NAMED: Readonly<Record<string, string>> = { Kosovo: 'XK' }
const ANTARCTICA = 'AQ'

/**
 * The world by Natural Earth (1:110 million), drawn so that equal areas look equal (Equal Earth). Borders are
 * simplified once for both their sides, but not where nothing of a country would be left.
 */
export function drawWorld(): World {
  const features = readFeatures(TOLERANCE).filter((country) => codeOf(country) !== ANTARCTICA)
  const exact = new Map(readFeatures(0).map((country) => [codeOf(country), country]))
  const land = { type: 'FeatureCollection', features } as const
  const projection = geoEqualEarth()
    .rotate([-(CUT_AT_DEGREES + 180), 0])
    .fitWidth(WIDTH, land)
  const [, [, bottom]] = geoPath(projection).bounds(land)
  const paths = features.map((country) => {
    const code = codeOf(country)
    const path = pathOf(ringsOf(country, projection))
    return [code, path || pathOf(ringsOf(exact.get(code) ?? country, projection))] as const
  })
  return {
    width: WIDTH,
    height: Math.ceil(bottom),
    countries: Object.fromEntries(
      paths.filter(([code, path]) => code !== '' && path !== '').sort(([a], [b]) => a.localeCompare(b)),
    ),
    rest: paths
      .filter(([code]) => code === '')
      .map(([, path]) => path)
      .join(''),
  }
}

function readFeatures(tolerance: number): readonly Feature[] {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json')
  const topology: Parameters<typeof feature>[0] = JSON.parse(readFileSync(file, 'utf8'))
  const place = transform(topology.transform ?? null)
  const arcs = topology.arcs.map((arc) => {
    const points = arc.map((position, index) => place([...position], index > 0))
    return simplify(
      points.map(([x = 0, y = 0]): Point => [x, y]),
      tolerance,
    ).map((point) => [...point])
  })
  const { transform: _, ...whole } = topology
  const countries = topology.objects['countries']
  const found = countries === undefined ? null : feature({ ...whole, arcs }, countries)
  if (found?.type !== 'FeatureCollection') throw new Error(`Cannot read "${file}": it has no countries`)
  return found.features
}

/** Its numeric code is a region of Unicode's too, whose other name is the letters. */
function codeOf({ id, properties }: Feature): string {
  if (id === undefined) return NAMED[String(properties?.['name'])] ?? ''
  return new Intl.Locale(`und-${id}`).region ?? ''
}

/** Leaves out what lies within the tolerance of what stays (Ramer 1972, Douglas and Peucker 1973). */
function simplify(points: readonly Point[], tolerance: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined || points.length < 3) return points
  const gaps = points.map((point) => distance(point, first, last))
  const farthest = gaps.indexOf(Math.max(...gaps.slice(1, -1)), 1)
  if ((gaps[farthest] ?? 0) <= tolerance) return [first, last]
  return [
    ...simplify(points.slice(0, farthest + 1), tolerance),
    ...simplify(points.slice(farthest), tolerance).slice(1),
  ]
}

/** From a point to the line between two others, or to both where they are one. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = Math.hypot(dx, dy)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  return Math.abs(dx * (y - ay) - dy * (x - ax)) / length
}

/** The outlines of a country in whole units of the picture, without what is too small to have an area. */
function ringsOf(
  country: Feature,
  projection: ReturnType<typeof geoEqualEarth>,
): readonly (readonly Point[])[] {
  const rings: Point[][] = []
  const at = (x: number, y: number): Point => [Math.round(x), Math.round(y)]
  geoPath(projection, {
    moveTo: (x, y) => void rings.push([at(x, y)]),
    lineTo: (x, y) => void rings.at(-1)?.push(at(x, y)),
    closePath: () => undefined,
    beginPath: () => undefined,
    arc: () => undefined,
  })(country)
  return rings.map(withoutRepeats).filter((ring) => ring.length > 2)
}

function withoutRepeats(ring: readonly Point[]): readonly Point[] {
  return ring.filter(([x, y], index) => {
    const [beforeX, beforeY] = ring.at(index - 1) ?? []
    return x !== beforeX || y !== beforeY
  })
}

/** Steps from point to point: shorter than their places. */
function pathOf(rings: readonly (readonly Point[])[]): string {
  return rings
    .map((ring) => {
      const steps = ring.slice(1).map(([x, y], index) => {
        const [beforeX, beforeY] = ring[index] ?? [0, 0]
        return `${x - beforeX},${y - beforeY}`
      })
      return `M${ring[0]?.join()}l${steps.join(' ')}z`.replaceAll(/[ ,]-/g, '-')
    })
    .join('')
}
