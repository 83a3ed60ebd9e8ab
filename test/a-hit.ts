import { BLANK_HIT } from '../src/blank-hit.ts'
import type { RawHit } from '../src/hit.ts'

/** A page view with nothing but a time, a site and a path, and what the test wants otherwise. */
export function aHit(over: Partial<RawHit> = {}): RawHit {
  const bare = { timeMs: Date.UTC(2026, 10, 23, 6), site: 'blog.example.org', path: '/' }
  return { ...BLANK_HIT, ...bare, ...over }
}
