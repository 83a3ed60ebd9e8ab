import type { SegmentFiles } from '../../src/segment/files.ts'
import { quickFiles } from './library.ts'

class Crash extends Error {}

/** What becomes of a process, in steps of its file system. */
export interface Fate {
  /** It dies at this step: in the middle of a write, before anything else. */
  readonly dies: number
  /** It falls asleep at this step, until it is woken. */
  readonly sleeps: number
  /** How unevenly it runs beside others. */
  readonly seed: number
}

/** A process that nothing happens to. */
export const FATELESS: Fate = { dies: Infinity, sleeps: Infinity, seed: 0 }

/** A process that works on files. */
export interface Process {
  readonly files: SegmentFiles
  /** Resolves when it falls asleep. */
  readonly asleep: Promise<void>
  wake(): void
}

export function startProcess({ dies, sleeps, seed }: Fate): Process {
  const asleep = Promise.withResolvers<void>()
  const awake = Promise.withResolvers<void>()
  let done = 0
  const step = async (): Promise<void> => {
    for (let turns = Math.imul(seed + done, 0x9e37_79b1) >>> 30; turns >= 0; turns--) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (done === sleeps) asleep.resolve()
    if (done >= sleeps) await awake.promise
    if (done++ >= dies) throw new Crash()
  }
  return { files: filesBy(step), asleep: asleep.promise, wake: awake.resolve }
}

function filesBy(step: () => Promise<void>): SegmentFiles {
  return {
    list: async (...args) => (await step(), quickFiles.list(...args)),
    read: async (...args) => (await step(), quickFiles.read(...args)),
    readEnd: async (...args) => (await step(), quickFiles.readEnd(...args)),
    stat: async (...args) => (await step(), quickFiles.stat(...args)),
    link: async (...args) => (await step(), quickFiles.link(...args)),
    rename: async (...args) => (await step(), quickFiles.rename(...args)),
    remove: async (...args) => (await step(), quickFiles.remove(...args)),
    syncFolder: async (...args) => (await step(), quickFiles.syncFolder(...args)),
    createFor: async (path, bytes) => {
      await step().catch(async (crash: unknown) => {
        await quickFiles.createFor(path, bytes.subarray(0, bytes.length / 2))
        throw crash
      })
      return quickFiles.createFor(path, bytes)
    },
  }
}

/** What a run gives; null where it crashed. */
export async function untilCrash<T>(run: Promise<T>): Promise<T | null> {
  try {
    return await run
  } catch (error) {
    if (error instanceof Crash) return null
    throw error
  }
}
