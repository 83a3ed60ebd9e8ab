import { join } from 'node:path'

/** Folder of compiled code; in a clone also of sources stripped of their types, which spares 30 MB and half the start. */
export const COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/headcount')
