// A server of Hono, on Node, whose pages Headcount counts.
import { serve } from '@hono/node-server'
import { createCounter } from 'headcount/middleware'
import { countHono } from 'headcount/middleware/hono'
import { Hono } from 'hono'

const counter = createCounter({
  url: process.env.HEADCOUNT_URL ?? 'http://127.0.0.1:8080',
  token: process.env.HEADCOUNT_TOKEN ?? '',
  site: process.env.HEADCOUNT_SITE ?? 'blog.example.org',
  onLost: (hits, why) => console.error(`${hits} pages were not counted: ${why}`),
})

const app = new Hono()
app.use(countHono(counter))
for (const path of ['/', '/posts/hello']) {
  app.get(path, (context) => context.html('<!DOCTYPE html><title>Page</title>'))
}
app.get('/style.css', (context) => context.body('', 200, { 'Content-Type': 'text/css' }))

const place = { hostname: '127.0.0.1', port: Number(process.env.PORT ?? 3000) }
const server = serve({ fetch: app.fetch, ...place }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`)
})

process.once('SIGTERM', () => {
  server.close()
  void counter.close()
})
