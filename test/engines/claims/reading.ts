import { EXTRA_PARTS, viewPart } from '../../../src/tag-parts.ts'
import type { Claim, PageParts, Walk } from '../claim.ts'
import { events, targets, windows } from '../measures.ts'
import type { PageWorld } from '../page-world.ts'

/** What happens on a page once it is there. */
export const READING_CLAIMS: readonly Claim[] = [
  {
    id: 'window',
    name: 'the window is 900 pixels wide',
    reading: 'A `<picture>` asks for one of three.',
    truth: 'm',
    page: ({ write, printed }) => ({ body: write(EXTRA_PARTS.windows(printed)) }),
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
    truth: 'end 1 on /first',
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
    truth: 'other.example/page from /first',
    page: ({ write, printed }) => ({ body: write(EXTRA_PARTS.ping(printed)) }),
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
    truth: 'other.example/page from /first',
    page: outbound,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('out')
    },
    measure: targets,
  },
  {
    id: 'active-again',
    name: 'the link is followed, the page opened again, and the link followed again',
    reading: 'Asked for once a view.',
    truth: 'outbound 2 on /first',
    page: outbound,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('out')
      await walk.open('/first')
      await walk.press('out')
    },
    measure: events,
  },
  {
    id: 'event',
    name: 'something on the page is pressed, with `e/sign-up.svg`',
    reading: 'An event of the owner’s own.',
    truth: 'sign-up 1 on /first',
    page: button,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('do')
    },
    measure: events,
  },
  {
    id: 'event-again',
    name: 'it is pressed, the page is reloaded, and it is pressed again',
    reading: 'Asked for once a view.',
    truth: 'sign-up 2 on /first',
    page: button,
    walk: pressTwice,
    measure: events,
  },
  {
    id: 'event-sheet',
    name: 'the same, with the address in a `<style>` element instead of the button’s `style` (do not)',
    reading: 'Firefox does not ask again for the pictures of a style sheet that it still holds.',
    truth: 'sign-up 2 on /first',
    page: ({ at }) => ({
      head: `<style>button:active { background-image: url('${at('e/sign-up.svg')}') }</style>`,
    }),
    walk: pressTwice,
    measure: events,
  },
  {
    id: 'end-again',
    name: 'a long page is read to its end, reloaded and read again',
    reading: 'The lazy picture is asked for again.',
    truth: 'end 2 on /first',
    page: end,
    walk: async (walk) => {
      await walk.open('/first')
      await walk.scrollToEnd()
      await walk.reload()
      await walk.scrollToEnd()
    },
    measure: events,
  },
]

function end({ write, printed }: PageWorld): PageParts {
  return { foot: write(EXTRA_PARTS.end(printed)) }
}

/** On a page that is counted, so that the browser has spoken to the collector before. */
function outbound({ write, printed }: PageWorld): PageParts {
  const part = EXTRA_PARTS.outbound(printed)
  return {
    head: write(viewPart(printed)),
    rules: part.besides.join(' '),
    body: write(part),
  }
}

function button({ at }: PageWorld): PageParts {
  return {
    rules: 'button:active { background-image: var(--pressed) }',
    button: ` style="--pressed: url('${at('e/sign-up.svg')}')"`,
  }
}

async function pressTwice(walk: Walk): Promise<void> {
  await walk.open('/first')
  await walk.press('do')
  await walk.reload()
  await walk.press('do')
}
