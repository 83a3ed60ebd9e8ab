import type { SegmentFiles } from '../../src/segment/files.ts'
import { quickFiles } from './library.ts'

class Crash extends Error {}

/** Files of a process that dies at its n-th step: in the middle of a write, before anything else; and stays dead. */
export function filesThatCrash(steps: number): SegmentFiles {
  let left = steps
  const step = async (): Promise<void> => {
    // Whoever runs at the same time takes turns.
    await new Promise((resolve) => setImmediate(resolve))
    if (left-- <= 0) throw new Crash()
  }
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
export async function untilCrash<T>(run: Promise<T> | undefined): Promise<T | null> {
  try {
    return (await run) ?? null
  } catch (error) {
    if (error instanceof Crash) return null
    throw error
  }
}
