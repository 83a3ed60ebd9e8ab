import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { credentials, endpoint, putInput, region } from './item.js'

const client = new DynamoDBClient({ region, endpoint, credentials })

export const put = (number) => client.send(new PutItemCommand(putInput(number)))
