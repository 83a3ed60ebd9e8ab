#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { COMPILE_CACHE } from './compile-cache.ts'

enableCompileCache(COMPILE_CACHE)
const { runCli } = await import('./cli.ts')
process.exitCode = await runCli(process.argv.slice(2))
