const { env } = process

export const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB
export const region = 'us-east-1'
export const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY }

/** What every candidate writes: a hit as the collector stores it. */
export function putInput(number) {
  const time = new Date().toISOString()
  return {
    TableName: env.HEADCOUNT_TABLE,
    Item: {
      pk: { S: `${time.slice(0, 10)}.${number % 4}` },
      sk: { S: `${time}.${number}` },
      h: { S: 'x'.repeat(300) },
      ttl: { N: '1827000000' },
    },
  }
}

export const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.PutItem',
}

/** Throws unless the write was accepted. */
export function expectOk(status, text) {
  if (status !== 200) throw new Error(text)
}
