import { openFileLog } from '../log/file-log.ts'
import { acquireLock } from '../log/lock.ts'
import { AppError } from '../errors.ts'
import { startBackground } from './background.ts'
import { openCollecting } from './collecting.ts'
import type { Configuration } from './configuration.ts'
import { createFolder } from './folder.ts'
import { isThisMachine, listen } from './http-server.ts'
import { say, sparingly } from './output.ts'
import { createRoutes } from './routes.ts'
import { startSampling } from './sampling.ts'
import { LiveSecrets } from './secrets.ts'
import type { Settings } from '../settings.ts'
import type { Worker } from './worker-client.ts'
import { createWorker } from './worker-client.ts'

/** A server that collects and shows. */
export interface Serving {
  /** Where it listens, base path included: `http://127.0.0.1:8080/stats`. */
  readonly origin: string
  /** Opens a session; null when a password is set or all is open. */
  readonly linkKey: string | null
  /** Stops accepting, finishes what is in flight, writes the tallies, closes the log, gives the folder free. */
  close(): Promise<void>
}

/** What is left of the time to shut down goes to the log. */
const IN_FLIGHT_MS = 3_000

/**
 * Starts a server: folder, lock, log, collector, port. What was opened is closed again when a later step fails.
 *
 * @throws {AppError} SETTINGS_INVALID, FOLDER_UNUSABLE, FOLDER_LOCKED, LOG_UNWRITABLE, PORT_UNUSABLE
 */
export async function startServer(configuration: Configuration, demo: boolean): Promise<Serving> {
  requireSites(configuration)
  const closers: Closer[] = []
  try {
    const place = await open(configuration, { demo, onClose: (closer) => closers.unshift(closer) })
    return { ...place, close: () => closeAll(closers) }
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

type Closer = () => Promise<void>

interface Opening {
  readonly demo: boolean
  /** Notes how to undo a step; the last step is undone first. */
  readonly onClose: (closer: Closer) => void
}

async function open(
  configuration: Configuration,
  { demo, onClose }: Opening,
): Promise<Omit<Serving, 'close'>> {
  const { folder, settings } = configuration
  await createFolder(folder)
  const lock = await acquireLock(folder.lock, `headcount serve, process ${process.pid}`)
  onClose(() => lock.release())
  const secrets = await LiveSecrets.open(folder.secrets)
  const worker = createWorker({ folder, settings })
  onClose(async () => worker.stop())
  if (demo) await prepareDemo(worker)

  const report = sparingly(say, Date.now)
  const log = await openFileLog({ dir: folder.log, now: Date.now, report })
  onClose(() => log.close())
  const sampling = await startSampling({ folder, settings, secrets, report })
  onClose(async () => sampling.stop())

  const collecting = openCollecting({
    settings,
    log,
    diskIsLow: () => sampling.diskIsLow(),
    showBadge: (request, response) => routes.look(request, response),
    report,
  })
  const { meter, tallies } = collecting
  onClose(
    startBackground({ log, tallies, worker, append: (hit) => meter.append(hit), now: Date.now, report }),
  )
  const shown = demo ? await withDemoNotes(settings, folder.dir) : settings
  const routes = createRoutes({
    folder,
    settings: shown,
    collecting,
    worker,
    secrets,
    sampling,
    demo,
    report,
  })
  if (settings.pull !== null) {
    const { startPulling } = await import('./pulling.ts')
    onClose(startPulling(settings.pull, { folder, settings, report }))
  }
  const { origin, close } = await listen(routes.handle, settings)
  onClose(() => close(IN_FLIGHT_MS))
  const linkKey = secrets.passwordHash === null ? routes.linkKey : null
  return { origin: `${origin}${settings.basePath}`, linkKey }
}

/** A year read from its chunks would make the first pages slow, so it is compacted before anybody looks. */
async function prepareDemo(worker: Worker): Promise<void> {
  say('Filling the demo with a year of visits (some seconds, the first time)')
  await worker.run('fillDemo', null)
  await worker.run('compact', null)
}

/** With what the demo's owner would have noted. */
async function withDemoNotes(settings: Settings, dir: string): Promise<Settings> {
  const { demoNotes } = await import('./demo/notes.ts')
  return { ...settings, annotations: [...settings.annotations, ...(await demoNotes(dir))] }
}

/** Listening beyond this machine without sites, anybody could have anything counted. */
function requireSites({ settings, settingsFile }: Configuration): void {
  if (settings.sites !== 'unset' || isThisMachine(settings.host)) return
  throw new AppError(
    'SETTINGS_INVALID',
    `Cannot listen on "${settings.host}": no sites are named, so that anybody could have anything counted. ` +
      `Add the hosts of your sites to "${settingsFile}":\n\n  sites = ["blog.example.org"]\n\nor, to count every site, sites = "any"`,
  )
}

async function closeAll(closers: readonly Closer[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers) await close().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
