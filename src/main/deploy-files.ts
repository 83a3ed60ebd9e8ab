import { readFile } from 'node:fs/promises'

/** A file of `deploy/`, which stands beside `src/` and `dist/`. */
export async function readDeployFile(name: 'template.yaml' | 'long-way.sh'): Promise<string> {
  return await readFile(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')
}
