import { visitorsPart } from '../../../src/tag-parts.ts'
import type { Claim } from '../claim.ts'
import { views, visitors } from '../measures.ts'
import type { PageWorld } from '../page-world.ts'

const page = ({ write, unnamed }: PageWorld) => ({ head: write(visitorsPart(unnamed)) })

/** Pages that are looked at again, all with `v.css`. */
export const RETURN_CLAIMS: readonly Claim[] = [
  {
    id: 'reload',
    name: 'a page is opened and reloaded',
    reading: 'A reload is a second view by the same reader.',
    truth: '1 visitor, 2 views',
    page,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.reload()
    },
    measure: visitors,
  },
  {
    id: 'hard-reload',
    name: 'the same, reloaded without the cache',
    reading: 'Without its cache a browser looks like a new reader.',
    truth: '1 visitor, 2 views',
    page,
    walk: async (walk) => {
      if (walk.hardReload === null) return false
      await walk.open('/first')
      return walk.hardReload()
    },
    measure: visitors,
  },
  {
    id: 'back',
    name: 'two pages, and back to the first',
    reading: 'A page that the browser kept is shown again without any request.',
    truth: '3 views',
    page,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('next')
      await walk.back()
    },
    measure: views,
  },
  {
    id: 'tab',
    name: 'the same page again in a new tab',
    reading: 'Tabs share one cache; those that WebKit’s driver opens have their own.',
    truth: '1 visitor, 2 views',
    page,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.inNewTab(async () => walk.open('/first'))
    },
    measure: visitors,
  },
  {
    id: 'restart',
    name: 'the same page again after the browser was restarted',
    reading: 'The cache is on the disk.',
    truth: '1 visitor, 2 views',
    page,
    walk: async (walk) => {
      if (walk.restart === null) return false
      await walk.open('/first')
      await walk.restart()
      return walk.open('/first')
    },
    measure: visitors,
  },
  {
    id: 'private',
    name: 'the same page again in a private window',
    reading: 'A private window is another reader; where it asks not to be tracked, one that is not numbered.',
    truth: '1 visitor, 2 views',
    page,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.privately(async (other) => other.open('/first'))
    },
    measure: visitors,
  },
]
