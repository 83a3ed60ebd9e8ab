import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

/** Serves a folder as hosts of static pages do: a path is a file, and of a folder its index.html. */
export function staticServer(folder: string): Server {
  return createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/')
    const file = join(folder, normalize(`/${path}${path.endsWith('/') ? 'index.html' : ''}`))
    readFile(file).then(
      (content) => response.writeHead(200, { 'content-type': typeOf(file) }).end(content),
      () => response.writeHead(404).end(),
    )
  })
}

function typeOf(file: string): string {
  if (file.endsWith('.html')) return 'text/html; charset=utf-8'
  return file.endsWith('.css') ? 'text/css' : 'application/octet-stream'
}
