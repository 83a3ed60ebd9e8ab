// A server of node:http whose pages Headcount counts.
import { createServer } from 'node:http'
import { createCounter } from 'headcount/middleware'
import { countNode } from 'headcount/middleware/node'

const counter = createCounter({
  url: process.env.HEADCOUNT_URL ?? 'http://127.0.0.1:8080',
  token: process.env.HEADCOUNT_TOKEN ?? '',
  site: process.env.HEADCOUNT_SITE ?? 'blog.example.org',
  onLost: (hits, why) => console.error(`${hits} pages were not counted: ${why}`),
})
const count = countNode(counter)

const server = createServer((request, response) => {
  count(request, response)
  const [path] = request.url.split('?')
  if (path === '/' || path === '/posts/hello') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><title>Page</title>')
  } else if (path === '/style.css') {
    response.writeHead(200, { 'Content-Type': 'text/css' }).end()
  } else {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><title>Nothing here</title>')
  }
})

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})

process.once('SIGTERM', () => {
  server.close()
  void counter.close()
})
