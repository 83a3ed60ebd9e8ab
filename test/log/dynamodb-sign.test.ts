import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsV4Signer } from 'aws4fetch'
import * as fc from 'fast-check'
import { signedHeaders } from '../../src/log/dynamodb/sign.ts'

test('signs AWS’s own example as AWS says ("post-vanilla" of its test suite)', () => {
  const request = { url: new URL('https://example.amazonaws.com/'), region: 'us-east-1', service: 'service' }
  const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
  const headers = signedHeaders({ ...request, headers: {}, body: '' }, key, Date.UTC(2015, 7, 30, 12, 36))
  assert.equal(
    headers['authorization'],
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  )
})

const word = fc.stringMatching(/^[\w+/=-]{1,40}$/)

test('signs every request as aws4fetch does', async () => {
  const requests = fc.record({
    url: fc.constantFrom('https://dynamodb.eu-central-1.amazonaws.com/', 'http://127.0.0.1:8000/'),
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
    service: fc.constantFrom('dynamodb', 'sts', 'lambda'),
    headers: fc.dictionary(fc.constantFrom('content-type', 'x-amz-target', 'accept'), word, {
      noNullPrototype: true,
    }),
    body: fc.string({ unit: 'grapheme' }),
  })
  const keys = fc.record(
    { accessKeyId: word, secretAccessKey: word, sessionToken: word },
    { requiredKeys: ['accessKeyId', 'secretAccessKey'], noNullPrototype: true },
  )
  const times = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) })
  await fc.assert(
    fc.asyncProperty(requests, keys, times, async (request, key, timeMs) => {
      const datetime = new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '')
      const signer = new AwsV4Signer({ ...request, ...key, method: 'POST', datetime, allHeaders: true })
      const signed = signedHeaders({ ...request, url: new URL(request.url) }, key, timeMs)
      assert.equal(signed['authorization'], (await signer.sign()).headers.get('authorization'))
    }),
  )
})
