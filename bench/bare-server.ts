/**
 * The baseline: `node:http` that answers what a counter answers, with a fresh ETag, and keeps nothing.
 * Prints its port.
 */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

const server = createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'text/css',
    'content-length': '0',
    'cache-control': 'no-cache, no-store, must-revalidate',
    etag: `"${randomBytes(8).toString('hex')}"`,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
  response.end()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null)
    process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})
