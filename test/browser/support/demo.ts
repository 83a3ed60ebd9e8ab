import { fillDemo } from '../../../src/main/demo/fill.ts'
import { withFolder } from './folder.ts'
import { startProgram } from './program.ts'

/** Runs `use` beside a running demo of so many days, which goes away afterwards. */
export async function withDemo<T>(days: number, use: (url: string) => Promise<T>): Promise<T> {
  return withFolder(async (dir) => {
    await fillDemo(dir, Date.now(), days)
    const program = await startProgram(['--demo', '--data', dir])
    try {
      return await use(program.url)
    } catch (error) {
      process.stderr.write(program.output())
      throw error
    } finally {
      await program.stop()
    }
  })
}
