import { dirname } from 'node:path'
import { orGone } from '../../log/file-errors.ts'
import type { FileSystem } from '../../log/file-system.ts'

/** `forget` sweeps such files out of the log, too. */
const TEMPORARY = '.tmp'

/** Puts a file of that text in place of what stands there, in one step that outlives a power loss. */
export async function replaceFile(files: FileSystem, path: string, text: string): Promise<void> {
  const temporary = path + TEMPORARY
  await orGone(files.remove(temporary))
  const output = await files.create(temporary)
  try {
    const bytes = Buffer.from(text)
    const written = await output.write(bytes)
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes were written`)
    await output.sync()
  } finally {
    await output.close()
  }
  await files.rename(temporary, path)
  await files.sync(dirname(path))
}
