// Stands in for the native part of AWS's runtime client, which only speaks HTTP, so that no compiler is needed:
// node --require ./rapid-client.cjs aws-lambda-ric/index.mjs HANDLER
const Module = require('node:module')
const http = require('node:http')

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

function call(method, path, body = '') {
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}` }
    const sent = http.request(options, (response) => {
      let bodyJson = ''
      response.setEncoding('utf8')
      response.on('data', (part) => (bodyJson += part))
      response.on('end', () => resolve({ bodyJson, headers: response.headers }))
    })
    sent.on('error', reject).end(body)
  })
}

// The runtime client does not wait for done() and error(): the following next() does.
let posted = Promise.resolve()
const client = {
  initializeClient() {},
  next: () => posted.then(() => call('GET', 'next')),
  done(id, body) {
    posted = call('POST', `${id}/response`, body)
  },
  error(id, body) {
    posted = call('POST', `${id}/error`, body)
  },
}

// oxlint-disable-next-line no-underscore-dangle -- the only place where a native module can be stood in for
const { _load: load } = Module
// oxlint-disable-next-line no-underscore-dangle
Module._load = (name, ...rest) => (name.endsWith('rapid-client.node') ? client : load(name, ...rest))
