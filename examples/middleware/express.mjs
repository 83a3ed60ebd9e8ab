// A server of Express whose pages Headcount counts.
import express from 'express'
import { createCounter } from 'headcount/middleware'
import { countNode } from 'headcount/middleware/node'

const counter = createCounter({
  url: process.env.HEADCOUNT_URL ?? 'http://127.0.0.1:8080',
  token: process.env.HEADCOUNT_TOKEN ?? '',
  site: process.env.HEADCOUNT_SITE ?? 'blog.example.org',
  onLost: (hits, why) => console.error(`${hits} pages were not counted: ${why}`),
})

const app = express()
app.use(countNode(counter))
app.get('/', (_request, response) => response.send('<!DOCTYPE html><title>Page</title>'))
app.get('/style.css', (_request, response) => response.type('css').send(''))

const posts = express.Router()
posts.get('/hello', (_request, response) => response.send('<!DOCTYPE html><title>Page</title>'))
app.use('/posts', posts)

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})

process.once('SIGTERM', () => {
  server.close()
  void counter.close()
})
