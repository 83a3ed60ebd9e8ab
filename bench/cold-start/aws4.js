import { sign } from 'aws4'
import { createPost } from '../../src/log/dynamodb/post.ts'
import { credentials, endpoint, expectOk, HEADERS, putInput, region } from './item.js'

const url = new URL(endpoint)
const post = createPost(url)

export async function put(number) {
  const body = JSON.stringify(putInput(number))
  const request = { host: url.host, path: '/', service: 'dynamodb', region, headers: { ...HEADERS }, body }
  const { headers } = sign(request, credentials)
  const { status, text } = await post(headers, body, 3_000)
  expectOk(status, text)
}
