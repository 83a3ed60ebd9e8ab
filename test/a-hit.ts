import type { RawHit } from '../src/hit.ts'

/** A page view with nothing but a time, a site and a path, and what the test wants otherwise. */
export function aHit(over: Partial<RawHit> = {}): RawHit {
  return {
    kind: 'view',
    timeMs: Date.UTC(2026, 10, 23, 6),
    site: 'blog.example.org',
    path: '/',
    referrer: null,
    source: null,
    medium: null,
    campaign: null,
    headers: {},
    country: null,
    viewNumber: null,
    event: null,
    target: null,
    window: null,
    verdict: null,
    bot: null,
    count: 1,
    cut: [],
    ...over,
  }
}
