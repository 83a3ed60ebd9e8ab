import { setTimeout as sleep } from 'node:timers/promises'
import { AwsError } from '../log/dynamodb/aws-error.ts'
import { createPost } from '../log/dynamodb/post.ts'
import { signedHeaders } from '../log/dynamodb/sign.ts'
import { Answer } from './answer.ts'
import type { AwsIdentity } from './credentials.ts'

/** Services that speak AWS's query protocol (a form in, XML out): version and name in AWS_ENDPOINT_URL_… of each. */
const SERVICES = {
  cloudformation: { Version: '2010-05-15', variable: 'CLOUDFORMATION' },
  sts: { Version: '2011-06-15', variable: 'STS' },
  monitoring: { Version: '2010-08-01', variable: 'CLOUDWATCH' },
} as const

type Service = keyof typeof SERVICES
type Environment = Readonly<Record<string, string | undefined>>

/** Asks AWS on somebody's behalf. */
export interface AwsClient {
  readonly identity: AwsIdentity
  /**
   * Calls an action and waits for its answer; what AWS says may be tried again is.
   *
   * @throws {AwsError}
   */
  call(service: Service, action: string, parameters?: Readonly<Record<string, string>>): Promise<Answer>
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const ANSWER_WITHIN_MS = 30_000

/** Opens a client of the region that `identity` names. `now` dates its signatures: see `openServerClock`. */
export function openAws(identity: AwsIdentity, env: Environment, now: () => number): AwsClient {
  const { credentials, region } = identity
  return {
    identity,
    call: async (service, action, parameters = {}) => {
      const { Version } = SERVICES[service]
      const body = new URLSearchParams({ Action: action, Version, ...parameters }).toString()
      const url = serviceUrl(service, region, env)
      const post = createPost(url)
      return await again(async () => {
        const headers = signedHeaders({ url, service, region, headers: FORM, body }, credentials, now())
        const { status, text } = await post(headers, body, ANSWER_WITHIN_MS)
        return parseAnswer(status, text)
      })
    },
  }
}

/** Where a service is asked: an emulator that the environment names (as AWS's own tools read it), or AWS. */
function serviceUrl(service: Service, region: string, env: Environment): URL {
  const named = env[`AWS_ENDPOINT_URL_${SERVICES[service].variable}`] ?? env['AWS_ENDPOINT_URL']
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return new URL(named ?? `https://${service}.${region}.${domain}`)
}

/** @throws {AwsError} where AWS refuses, or something else than AWS answers */
function parseAnswer(status: number, text: string): Answer {
  const answer = parseXml(text)
  if (status === 200 && answer !== null) return answer
  const error = answer?.find('Error')
  const name = error?.text('Code') ?? `HTTP ${status}`
  const retryable = status >= 500 || /^(?:Throttl|RequestLimit|RequestThrottled)/.test(name)
  throw new AwsError(name, error?.text('Message') ?? text.slice(0, 200), { retryable })
}

function parseXml(text: string): Answer | null {
  try {
    return Answer.parse(text)
  } catch {
    return null
  }
}

const TRIES = 5
const PAUSE_MS = 500

/** Tries what may be tried again, each time after twice the pause. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AwsError) || !error.retryable || tries === TRIES) throw error
      await sleep(PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2))
    }
  }
}
