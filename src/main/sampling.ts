import type { Settings } from '../settings.ts'
import { diskFreeBytes } from './disk.ts'
import { describeFailure } from './failure.ts'
import type { DataFolder } from './folder.ts'
import type { Family } from './metrics.ts'
import type { LiveSecrets } from './secrets.ts'

const SAMPLE_MS = 2_000

/** What the server looks at every two seconds: free disk space, and whether the password has changed. */
export interface Sampling {
  diskIsLow(): boolean
  families(): readonly Family[]
  stop(): void
}

export interface SamplingDeps {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly secrets: LiveSecrets
  readonly report: (line: string) => void
}

/** Begins to look. A look that fails is reported, and what was seen last still holds. */
export async function startSampling({ folder, settings, secrets, report }: SamplingDeps): Promise<Sampling> {
  const min = settings.diskFreeMinBytes
  let free = await diskFreeBytes(folder.dir)
  const look = async () => {
    free = await diskFreeBytes(folder.dir)
    if (free < min)
      report(`Hits are refused: the disk of "${folder.dir}" is nearly full (disk_free_min); make room`)
    await secrets.refresh()
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => report(describeFailure(error)))
  }, SAMPLE_MS)
  return {
    diskIsLow: () => free < min,
    families: () => [
      {
        name: 'headcount_disk_free_bytes',
        type: 'gauge',
        help: 'Free space of the data folder’s disk',
        samples: [['', free]],
      },
    ],
    stop: () => clearInterval(timer),
  }
}
