import { AwsClient } from 'aws4fetch'
import { credentials, endpoint, expectOk, HEADERS, putInput, region } from './item.js'

const client = new AwsClient({ ...credentials, region, service: 'dynamodb', retries: 0 })

export async function put(number) {
  const body = JSON.stringify(putInput(number))
  const response = await client.fetch(endpoint, { method: 'POST', headers: HEADERS, body })
  expectOk(response.status, await response.text())
}
