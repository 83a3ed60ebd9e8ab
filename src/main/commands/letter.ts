import { parseHost } from '../../site.ts'
import { dayOf } from '../../period.ts'
import type { Letter, Pace } from '../../report/letter.ts'
import { lastWhole, readLetter } from '../../report/letter.ts'
import type { Reporter } from '../../report/reporter.ts'
import { openReporter } from '../../report/reporter.ts'
import { letterHtml } from '../../web/letter/html.ts'
import { letterText } from '../../web/letter/text.ts'
import { localDay } from '../../zone.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import type { Configuration } from '../configuration.ts'
import { readConfiguration } from '../configuration.ts'
import { requireFolder } from '../folder.ts'
import type { Library } from '../library.ts'
import { openLibrary } from '../library.ts'
import { print } from '../output.ts'
import { siteOf } from '../which-site.ts'

const WEEKDAYS = { sunday: 0, monday: 1, saturday: 6 } as const
const REFERRER_FROM = 5

/** `letter [SITE]`: the last whole week or month of a site, or of all, as a letter. */
export async function runLetter(call: Call): Promise<void> {
  const asked = readAsked(call)
  const configuration = await readConfiguration(call)
  await requireFolder(configuration.folder)
  const library = openLibrary(configuration)
  const reporter = await openReporter(library)
  try {
    const letters = await readLetters(call, asked, { configuration, library, reporter })
    const text = asked.html ? String(await letterHtml(letters)) : letters.map(letterText).join('\n\n')
    await print(text)
  } finally {
    await reporter.close()
  }
}

interface Asked {
  readonly pace: Pace
  readonly referrerFrom: number
  readonly html: boolean
}

function readAsked(call: Call): Asked {
  const pace = call.text('pace') ?? 'week'
  if (pace !== 'week' && pace !== 'month')
    throw misuse('letter', `--pace is "${pace}", expected week or month`)
  const from = call.text('referrer-from') ?? String(REFERRER_FROM)
  if (!/^[1-9]\d{0,8}$/.test(from))
    throw misuse('letter', `--referrer-from is "${from}", expected a whole number from 1`)
  return { pace, referrerFrom: Number(from), html: call.has('html') }
}

interface Place {
  readonly configuration: Configuration
  readonly library: Library
  readonly reporter: Reporter
}

async function readLetters(call: Call, asked: Asked, place: Place): Promise<readonly Letter[]> {
  const { configuration, library, reporter } = place
  const { settings } = configuration
  const seen = await reporter.sites()
  const named = call.operands.length > 0 ? [await siteOf(call, settings, reporter)] : null
  const sites = named ?? seen.map(({ site }) => site).filter((site) => parseHost(site) !== null)
  const letters: Letter[] = []
  for (const site of sites) {
    const today = dayOf(localDay(library.zoneOf(site), library.now()))
    const days = lastWhole(asked.pace, today, WEEKDAYS[settings.weekStart])
    const firstDay = seen.find((one) => one.site === site)?.firstDay ?? null
    const world = { ask: (question: Parameters<Reporter['ask']>[0]) => reporter.ask(question), firstDay }
    letters.push(await readLetter({ ...asked, site, days }, world))
  }
  return letters
}
