import { LIMITS } from '../../limits.ts'
import { plainTag } from '../../tag.ts'
import type { Call } from '../command.ts'
import type { Configuration } from '../configuration.ts'
import { readConfiguration } from '../configuration.ts'
import { bold, print, say } from '../output.ts'
import type { Serving } from '../serve.ts'
import { startServer } from '../serve.ts'

/** `serve`: runs until a signal asks it to stop. */
export async function runServe(call: Call): Promise<void> {
  const stop = stopRequested()
  const demo = call.has('demo')
  const configuration = await readConfiguration(call)
  const serving = await Promise.race([startServer(configuration, demo), stop])
  // Nobody was answered yet, and whatever a start does may be cut off.
  if (serving === undefined) process.exit(0)
  await print(`${welcome(configuration, serving, demo)}\n`)
  await stop
  say('Stopping: finishing what is in flight')
  setTimeout(() => process.exit(1), LIMITS.shutdownSeconds * 1_000).unref()
  await serving.close()
}

/** A signal this soon after the first is the same one: a terminal and a wrapper both pass it on. */
const SAME_SIGNAL_MS = 500

/** Resolves with the first SIGINT or SIGTERM; a later one ends the program at once. */
function stopRequested(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let firstMs: number | null = null
  const asked = () => {
    if (firstMs !== null && performance.now() - firstMs > SAME_SIGNAL_MS) process.exit(1)
    firstMs ??= performance.now()
    resolve()
  }
  process.on('SIGINT', asked)
  process.on('SIGTERM', asked)
  return promise
}

function welcome({ settings, folder }: Configuration, { origin, linkKey }: Serving, demo: boolean): string {
  const site = typeof settings.sites === 'string' ? null : (settings.sites[0]?.name ?? null)
  const tag = plainTag({ publicUrl: origin, site: demo ? null : site, stems: settings.stems })
  const dashboard = linkKey === null ? `${origin}/dashboard/` : `${origin}/login?key=${linkKey}`
  const lines = [
    `Headcount listens on ${origin} and keeps its data in ${folder.dir}`,
    '',
    `${bold('Tag to paste')}   ${tag}`,
    ...(demo ? [`${bold('Demo page')}      ${origin}/demo/`] : []),
    `${bold('Dashboard')}      ${dashboard}`,
    ...(linkKey === null
      ? []
      : ['', 'The link opens the dashboard until you set a password: headcount password']),
    '',
    'Stop with Ctrl-C.',
  ]
  return lines.join('\n')
}
