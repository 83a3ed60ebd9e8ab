// A server of Fastify whose pages Headcount counts.
import fastify from 'fastify'
import { createCounter } from 'headcount/middleware'
import { countFastify } from 'headcount/middleware/fastify'

const counter = createCounter({
  url: process.env.HEADCOUNT_URL ?? 'http://127.0.0.1:8080',
  token: process.env.HEADCOUNT_TOKEN ?? '',
  site: process.env.HEADCOUNT_SITE ?? 'blog.example.org',
  onLost: (hits, why) => console.error(`${hits} pages were not counted: ${why}`),
})

const app = fastify()
app.addHook('onResponse', countFastify(counter))
for (const path of ['/', '/posts/hello']) {
  app.get(path, (_request, reply) => reply.type('text/html').send('<!DOCTYPE html><title>Page</title>'))
}
app.get('/style.css', (_request, reply) => reply.type('text/css').send(''))

console.log(await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3000) }))

process.once('SIGTERM', () => {
  void app.close()
  void counter.close()
})
