import type { Claim, PageParts, PageWorld } from '../claim.ts'
import { events, targets, windows } from '../measures.ts'
import { pageQuery, styleTag } from '../tags.ts'

/** What happens on a page once it is there. */
export const READING_CLAIMS: readonly Claim[] = [
  {
    id: 'window',
    name: 'the window is 900 pixels wide',
    reading: 'A `<picture>` asks for one of three.',
    truth: 'm',
    page: ({ at, policy }) => ({
      body: `<picture><source media="(max-width:599px)" srcset="${at('w/s.svg')}"><source media="(max-width:1023px)" srcset="${at('w/m.svg')}"><img src="${at('w/l.svg')}" alt="" width="1" height="1" style="position:absolute"${policy}></picture>`,
    }),
    walk: async (walk) => walk.open('/first'),
    measure: windows,
  },
  {
    id: 'unread',
    name: 'a long page is opened and left at its top',
    reading: 'Nothing is said of the end.',
    truth: 'none',
    page: end,
    walk: async (walk) => walk.open('/first'),
    measure: events,
  },
  {
    id: 'end',
    name: 'the same page is read to its end',
    reading:
      'A lazy picture is asked for near the end; without scripts browsers load none late, so it stays silent.',
    truth: 'end 1',
    page: end,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.scrollToEnd()
    },
    measure: events,
  },
  {
    id: 'ping',
    name: 'a link to another site is followed, with `ping`',
    reading: 'The browser says so by itself, where it knows `ping`.',
    truth: 'elsewhere.test/landing',
    page: (world) => ({ out: `ping="${world.at(`ping${pageQuery(world)}`)}"` }),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('out')
    },
    measure: targets,
  },
  {
    id: 'active',
    name: 'the same, with an `a:active` picture',
    reading: 'Pressing the link asks for a picture.',
    truth: 'elsewhere.test/landing',
    page: (world) => ({
      head: `${styleTag(world, 'c.css')}<style>a:active { background-image: var(--out, none) }</style>`,
      outStyle: `--out: url('${world.at(`e/outbound.svg${pageQuery(world)}&amp;t=elsewhere.test/landing`)}')`,
    }),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('out')
    },
    measure: targets,
  },
  {
    id: 'event',
    name: 'something on the page is pressed, with `e/sign-up.svg`',
    reading: 'An event of the owner’s own.',
    truth: 'sign-up 1',
    page: (world) => ({
      head: `<style>#do:active { background-image: url('${world.at(`e/sign-up.svg${pageQuery(world)}`)}') }</style>`,
    }),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('do')
    },
    measure: events,
  },
]

function end({ at, policy }: PageWorld): PageParts {
  return {
    foot: `<picture><source media="(scripting:none)" srcset="data:,"><img src="${at('e/end.svg')}" alt="" width="1" height="1" loading="lazy"${policy}></picture>`,
  }
}
