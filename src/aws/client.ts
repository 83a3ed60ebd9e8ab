import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient as Signer } from 'aws4fetch'
import { Answer } from './answer.ts'
import type { AwsIdentity } from './credentials.ts'
import { AwsFault, unreachable } from './failures.ts'

/** The services that are asked in AWS's query protocol (form in, XML out): version of each one's interface. */
const VERSIONS = { cloudformation: '2010-05-15', sts: '2011-06-15', monitoring: '2010-08-01' } as const
export type QueryService = keyof typeof VERSIONS

/** Asks AWS on somebody's behalf. */
export interface AwsClient {
  readonly identity: AwsIdentity
  /**
   * Calls an action and waits for its answer; throttling and failures of AWS's own are tried again.
   *
   * @param action service and action: `cloudformation.DescribeStacks`
   * @throws {AwsFault} where AWS refuses
   * @throws {AppError} AWS_UNREACHABLE
   */
  call(action: `${QueryService}.${string}`, parameters?: Readonly<Record<string, string>>): Promise<Answer>
}

type Environment = Readonly<Record<string, string | undefined>>

/** Opens a client of the region that `identity` names. */
export function openAws(identity: AwsIdentity, env: Environment = process.env): AwsClient {
  const { credentials, region } = identity
  return {
    identity,
    async call(action, parameters = {}) {
      const [service, Action] = splitAction(action)
      const signer = new Signer({ ...credentials, service, region, retries: 0 })
      const body = new URLSearchParams({ Action, Version: VERSIONS[service] })
      for (const [name, value] of Object.entries(parameters)) body.set(name, value)
      const url = serviceUrl(service, region, env)
      return await again(async () => await send(signer, { url, body: body.toString() }))
    },
  }
}

const ENDPOINT_NAMES = { cloudformation: 'CLOUDFORMATION', sts: 'STS', monitoring: 'CLOUDWATCH' } as const

/** Where a service is asked: an emulator that the environment names (as AWS's own tools read it), or AWS. */
export function serviceUrl(service: QueryService, region: string, env: Environment): string {
  const named = env[`AWS_ENDPOINT_URL_${ENDPOINT_NAMES[service]}`] ?? env['AWS_ENDPOINT_URL']
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return new URL(named ?? `https://${service}.${region}.${domain}`).href
}

function splitAction(action: `${QueryService}.${string}`): [QueryService, string] {
  for (const service of ['cloudformation', 'sts', 'monitoring'] as const) {
    if (action.startsWith(`${service}.`)) return [service, action.slice(service.length + 1)]
  }
  throw new TypeError(`no action of a known service: ${action}`)
}

interface Question {
  readonly url: string
  readonly body: string
}

const ANSWER_WITHIN_MS = 30_000

async function send(signer: Signer, { url, body }: Question): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
  const response = await signer
    .fetch(url, { method: 'POST', headers, body, signal })
    .catch((cause: unknown) => {
      throw unreachable(new URL(url).host, cause)
    })
  const text = await response.text()
  if (response.ok) return Answer.parse(text)
  throw AwsFault.parse(response.status, text)
}

const TRIES = 5
const PAUSE_MS = 500

/** Tries what AWS says may be tried again, each time after twice the pause. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AwsFault) || !error.retryable || tries === TRIES) throw error
      await sleep(PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2))
    }
  }
}
