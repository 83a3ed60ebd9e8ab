// Puts the generators of sites that come from npm and that tests run (Eleventy, Astro; 150 MB) beside node_modules'
// other caches. Hugo, Pelican, MkDocs, Jekyll and Sphinx are programs of the system.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PACKAGES = ['@11ty/eleventy@3.1.8', 'astro@6.0.5']
const folder = fileURLToPath(new URL('../node_modules/.cache/generator-tools', import.meta.url))

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/package.json`, '{ "private": true }\n')
const args = ['install', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES]
const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2] })
process.exit(status ?? 1)
