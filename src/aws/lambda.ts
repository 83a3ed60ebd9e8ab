import { randomBytes } from 'node:crypto'
import { isbotMatch } from 'isbot'
import { createBotName } from '../bot-name.ts'
import { keepAllowed } from '../collect/kept-headers.ts'
import { createRules } from '../collect/rules.ts'
import { AppError } from '../errors.ts'
import { openDynamoDb } from '../log/dynamodb/dynamodb.ts'
import { openDynamoDbLog } from '../log/dynamodb/dynamodb-log.ts'
import { readCollectorSettings } from './collector-settings.ts'
import { lambdaCollector } from './handler.ts'

const { env } = process
const now = () => Date.now()
const random = () => randomBytes(16).toString('hex')
const settings = readCollectorSettings(env)

const db = openDynamoDb({
  region: env['AWS_REGION'] ?? '',
  endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? env['AWS_ENDPOINT_URL'],
  credentials: () => ({
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: env['AWS_SESSION_TOKEN'],
  }),
  now,
})

// No database of countries, no lists of bots' names and of spammers, no deny-list for `headers = "all"`: this has to fit
// into the template. No flood control either: copies of the function share no memory.
const world = {
  countryOf: () => null,
  botName: createBotName(isbotMatch),
  isReferrerSpam: () => false,
  keepHeaders: keepAllowed(),
  isFlood: () => false,
}

/** The Lambda function: everything is made once, and serves one request after the other. */
export const handler = lambdaCollector({
  rules: createRules(settings, world, { loopback: false }),
  log: openDynamoDbLog({ db, ...settings, now, random }),
  now,
  random,
  behindCloudFront: settings.behindCloudFront,
  basePath: settings.basePath,
  report: (error) => console.error(describe(error)),
})

/** One line without a request's own words. What a hit's headers made go wrong shows as names and places in the code. */
function describe(error: unknown): string {
  if (error instanceof AppError) return error.message
  const [name, places] = error instanceof Error ? [error.name, error.stack] : ['Error', '']
  return [name, ...(places?.match(/^ +at .*$/gm) ?? [])].join('\n')
}
