import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** Free space of the file system that holds `dir`, in bytes, for this user. */
export async function diskFreeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

/** Whether a small file can be made durable in `dir` right now. It is removed again. */
export async function canWrite(dir: string): Promise<boolean> {
  const path = join(dir, `.probe.${process.pid}`)
  try {
    const file = await open(path, 'w', 0o600)
    try {
      await file.writeFile('x')
      await file.datasync()
    } finally {
      await file.close()
    }
    return true
  } catch {
    return false
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}
