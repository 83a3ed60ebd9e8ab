import { openDynamoDb } from '../../src/log/dynamodb/dynamodb.ts'
import { credentials, endpoint, putInput, region } from './item.js'

const db = openDynamoDb({ region, endpoint, credentials: () => credentials, now: Date.now })

export const put = (number) => db.call('PutItem', putInput(number))
