import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { AwsError } from '../../src/log/dynamodb/aws-error.ts'
import { openLocalDb } from '../aws/support/hits-table.ts'

/** A server that gives one answer to whoever asks. */
async function startServer(status: number, body: string) {
  const server = createServer((_, response) => {
    response.writeHead(status, { date: 'Mon, 23 Nov 2026 06:00:00 GMT' }).end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

test('an answer has DynamoDB’s own time', async () => {
  await using server = await startServer(200, '{"Count":1}')
  const answer = await openLocalDb(server.endpoint).call('Query', {})
  assert.deepEqual(answer, { output: { Count: 1 }, dateMs: Date.UTC(2026, 10, 23, 6) })
})

const REFUSALS: readonly (readonly [status: number, body: string, name: string, retryable: boolean])[] = [
  [
    400,
    '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"?"}',
    'ResourceNotFoundException',
    false,
  ],
  [400, '{"__type":"AccessDeniedException","Message":"?"}', 'AccessDeniedException', false],
  [400, '{"__type":"x#ThrottlingException"}', 'ThrottlingException', true],
  [400, '{"__type":"x#RequestLimitExceeded"}', 'RequestLimitExceeded', true],
  [
    400,
    '{"__type":"x#ProvisionedThroughputExceededException"}',
    'ProvisionedThroughputExceededException',
    true,
  ],
  [500, '{"__type":"x#InternalServerError"}', 'InternalServerError', true],
  [503, '<html>a proxy’s page</html>', 'HTTP 503', true],
  [403, '', 'HTTP 403', false],
  [200, '{"Count":', 'HTTP 200', true],
  [400, '{"__type":7}', 'HTTP 400', false],
]

for (const [status, body, name, retryable] of REFUSALS) {
  test(`${status} ${body} is ${name}, ${retryable ? 'to be tried again' : 'for good'}`, async () => {
    await using server = await startServer(status, body)
    const call = openLocalDb(server.endpoint).call('PutItem', {})
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof AwsError)
      assert.deepEqual([error.name, error.retryable], [name, retryable])
      return error.message.startsWith('PutItem: ')
    })
  })
}

test('whoever does not answer in time is given up', async () => {
  const server = createServer(() => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const call = openLocalDb(`http://127.0.0.1:${port}`).call('PutItem', {}, 100)
  await assert.rejects(call, { name: 'Timeout', retryable: true })
  server.closeAllConnections()
  server.close()
})
