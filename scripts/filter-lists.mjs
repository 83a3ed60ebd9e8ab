// Puts EasyList and EasyPrivacy, as Debian's package of uBlock Origin brings them, and an engine that reads them beside
// node_modules' other caches. The package is unpacked, not installed: installed it would be active in every browser.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ENGINE = '@ghostery/adblocker@2.18.2'
const LISTS = 'webext-ublock-origin-chromium'
const folder = fileURLToPath(new URL('../node_modules/.cache/filter-lists', import.meta.url))

function run(cwd, program, ...args) {
  const { status } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/package.json`, '{ "private": true }\n')
run(folder, 'npm', 'install', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error', ENGINE)
const unpacked = mkdtempSync(join(tmpdir(), 'headcount-lists-'))
run(unpacked, 'apt-get', 'download', '-qq', LISTS)
run(unpacked, 'dpkg-deb', '-x', ...globSync('*.deb', { cwd: unpacked }), unpacked)
for (const list of globSync('**/easylist/easy{list,privacy}.txt', { cwd: unpacked }))
  cpSync(join(unpacked, list), join(folder, list.split('/').at(-1)))
rmSync(unpacked, { recursive: true })
