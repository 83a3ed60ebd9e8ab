import { test } from 'node:test'
import { PROPERTIES } from './properties.ts'

const RUNS = 300

for (const [name, check] of Object.entries(PROPERTIES)) test(name, () => check(RUNS))
