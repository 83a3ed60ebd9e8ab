import { statfs } from 'node:fs/promises'

/** Free space of the file system that holds `dir`, in bytes, for this user. */
export async function diskFreeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}
