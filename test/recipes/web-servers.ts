import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../browser/support/listening.ts'

/** What stands in front of a site in these tests. */
export interface Scene {
  /** Of the web server alone: its configuration, its logs, and the site's files in `www`. */
  readonly dir: string
  /** Port of Headcount. */
  readonly collector: number
  /** Blocks of docs/recipes.md. */
  readonly blocks: readonly string[]
}

/** A web server that serves `www` as blog.example.org, with the blocks of a recipe in its configuration. */
export interface WebServer {
  readonly port: number
  /** Ends it. */
  stop(): Promise<void>
}

/** How one program is told all that. */
interface Program {
  readonly path: string | null
  /** Language of its blocks in docs/recipes.md. */
  readonly language: string
  readonly command: (dir: string) => readonly string[]
  /** `inside`: belongs into the site, `outside`: beside it, `first`: to the beginning. */
  readonly configure: (place: Place, blocks: Sorted) => string
}

interface Place {
  readonly dir: string
  readonly port: number
}

interface Sorted {
  readonly first: string
  readonly inside: string
  readonly outside: string
}

const found = (...paths: readonly string[]) => paths.find((path) => existsSync(path)) ?? null

/** Of Apache, as Debian has them and `a2enmod` adds them. */
const MODULES = 'mpm_event authz_core dir mime setenvif filter include headers proxy proxy_http'.split(' ')

/** By the names that docs/recipes.md gives them. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  nginx: {
    path: found('/usr/sbin/nginx', '/usr/bin/nginx'),
    language: 'nginx',
    command: (dir) => ['-p', dir, '-c', join(dir, 'server.conf')],
    configure: ({ dir, port }, { inside, outside }) => `
daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/logs/error.log; events {}
http {
  access_log ${dir}/logs/access.log; types { text/html html; }
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/logs;`).join(' ')}
  server { listen 127.0.0.1:${port}; server_name blog.example.org; root ${dir}/www;\n${inside} }
${outside} }`,
  },
  Caddy: {
    path: found('/usr/bin/caddy', '/usr/local/bin/caddy'),
    language: 'caddyfile',
    command: (dir) => ['run', '--adapter', 'caddyfile', '--config', join(dir, 'server.conf')],
    configure: ({ dir, port }, { first, inside, outside }) => `
${(first || '{\n}').replace('{', `{\nadmin off\nauto_https off\nstorage file_system ${dir}/storage`)}
http://blog.example.org:${port} {
bind 127.0.0.1
root * ${dir}/www
file_server
${inside} }
${outside}`,
  },
  Apache: {
    path: found('/usr/sbin/apache2', '/usr/sbin/httpd'),
    language: 'apache',
    command: (dir) => ['-d', dir, '-f', join(dir, 'server.conf'), '-DFOREGROUND'],
    configure: ({ dir, port }, { inside, outside }) => `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${dir}/pid
ErrorLog ${dir}/logs/error.log
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
User nobody
Group nogroup
LogFormat "%h %t \\"%r\\" %>s" combined
TypesConfig /dev/null
AddType text/html .html
DirectoryIndex index.html
<VirtualHost *:${port}>
ServerName blog.example.org
DocumentRoot ${dir}/www
${inside}
</VirtualHost>
${outside}`,
  },
}

/** Starts the program that docs/recipes.md calls `name`. @throws {Error} where it does not take its configuration */
export async function startWebServer(name: string, { dir, collector, blocks }: Scene): Promise<WebServer> {
  const program = PROGRAMS[name]
  if (program === undefined || program.path === null) throw new Error(`${name} is not installed`)
  const port = await freePort()
  await mkdir(join(dir, 'logs'))
  const local = blocks.map((block) => onThisMachine(block, port, collector))
  await writeFile(join(dir, 'server.conf'), program.configure({ dir, port }, sort(local)))
  const output = await open(join(dir, 'logs', 'output'), 'w')
  const child = spawn(program.path, program.command(dir), {
    env: { ...process.env, HOME: dir, APACHE_LOG_DIR: join(dir, 'logs') },
    stdio: ['ignore', output.fd, output.fd],
  })
  await output.close()
  if (!(await listens(port, child))) {
    await stop(child)
    const logs = (await readdir(join(dir, 'logs'))).map((file) => readFile(join(dir, 'logs', file), 'utf8'))
    throw new Error(`${name} did not start: ${(await Promise.all(logs)).join('')}`)
  }
  return { port, stop: () => stop(child) }
}

/** A block with the ports and names of this test in the places of those that people have. */
function onThisMachine(block: string, port: number, collector: number): string {
  return block
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${collector}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('<VirtualHost *:80>', `<VirtualHost *:${port}>`)
    .replace(/^count\.example\.org \{\n/, `http://count.example.org:${port} {\nbind 127.0.0.1\n`)
}

function sort(blocks: readonly string[]): Sorted {
  const parts = Object.groupBy(blocks, (block) =>
    block.startsWith('{') ? 'first' : /^(?:server|<VirtualHost|http:)/.test(block) ? 'outside' : 'inside',
  )
  const { first = [], inside = [], outside = [] } = parts
  return { first: first.join(''), inside: inside.join(''), outside: outside.join('') }
}

const TRIES = 200

/** Whether it takes connections within ten seconds. */
async function listens(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < TRIES && child.exitCode === null; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const connected = await once(socket, 'connect').catch(() => null)
    socket.destroy()
    if (connected !== null) return true
    await setTimeout(50)
  }
  return false
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
