import { AwsV4Signer } from 'aws4fetch'
import { createPost } from '../../src/log/dynamodb/post.ts'
import { credentials, endpoint, expectOk, HEADERS, putInput, region } from './item.js'

const post = createPost(new URL(endpoint))
const cache = new Map()

export async function put(number) {
  const body = JSON.stringify(putInput(number))
  const request = { url: endpoint, method: 'POST', headers: HEADERS, body }
  const signer = new AwsV4Signer({ ...credentials, ...request, region, service: 'dynamodb', cache })
  const { headers } = await signer.sign()
  const { status, text } = await post(Object.fromEntries(headers), body, 3_000)
  expectOk(status, text)
}
