import { blocksOf, START } from './blocks.ts'

/** Addresses that nobody else on this machine has: a reader's, and the owner's own. */
export const [READER, OWNER] = ['127.0.0.77', '127.0.0.78'] as const

/** The settings that all recipes begin with. */
export const TOML = [...blocksOf(START, 'toml'), `ignore_addresses = ["${OWNER}"]`]

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'
