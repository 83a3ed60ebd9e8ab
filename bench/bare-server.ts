/**
 * The baseline: `node:http` that answers what a counter answers, looks at nothing and keeps nothing. Its ETag is
 * a number, so that no randomness is paid for here. Prints its address.
 */
import { createServer } from 'node:http'

let answers = 0

const server = createServer((_request, response) => {
  answers += 1
  response.writeHead(200, {
    'content-type': 'text/css',
    'content-length': '0',
    'cache-control': 'no-cache, no-store, must-revalidate',
    etag: `"${answers}"`,
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
