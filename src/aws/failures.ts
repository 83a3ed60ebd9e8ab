import { AppError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { AwsError } from '../log/dynamodb/aws-error.ts'

/** A refusal in AWS's own words. */
export type Refusal = Pick<AwsError, 'name' | 'message'>

/** What kinds of refusal mean: the first that fits holds. */
const MEANINGS: readonly {
  readonly fits: (refusal: Refusal) => boolean
  readonly code: ErrorCode
  readonly say: (refusal: Refusal) => string
}[] = [
  {
    fits: ({ name, message }) =>
      /^(?:ExpiredToken|RequestExpired)/.test(name) || /signature.* expired/i.test(message),
    code: 'AWS_CREDENTIALS',
    say: () =>
      'the key has expired, or the clock of this machine is wrong; sign in again ("aws sso login", "aws configure"), and check the clock',
  },
  {
    fits: ({ name }) =>
      /^(?:InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure|IncompleteSignature|InvalidAccessKeyId|MissingAuthenticationToken)/.test(
        name,
      ),
    code: 'AWS_CREDENTIALS',
    say: () =>
      'AWS does not know the key, or its secret is wrong; make a new one in the console under "Security credentials", then run "aws configure"',
  },
  {
    fits: ({ name, message }) =>
      /^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(name) ||
      /not authorized to perform/.test(message),
    code: 'AWS_DENIED',
    say: ({ message }) => {
      const [, action] = /perform:? ([\w-]+:[\w*]+)/.exec(message) ?? []
      const what =
        action === undefined ? `AWS denies access (${quoted(message)})` : `AWS denies the action "${action}"`
      return `${what}; let whoever looks after the account allow it for this key (docs/aws.md lists the rights that are needed)`
    },
  },
  {
    fits: ({ message }) => /Unrecognized resource types.*Lambda::Url/.test(message),
    code: 'AWS_REGION',
    say: () => 'this region has no function URLs; choose another --region, or --endpoint rest-api',
  },
  {
    fits: ({ message }) => /UnreservedConcurrentExecution/.test(message),
    code: 'AWS_LIMIT',
    say: () =>
      'the account may run too few functions at once to set some of them apart; leave out --reserved-concurrency (say --reserved-concurrency "" to take it back), or ask for more under "Service Quotas" in the console',
  },
  {
    fits: ({ name, message }) =>
      /LimitExceeded|^Throttl|^RequestLimit|TooManyRequests/.test(name) ||
      /limit ?exceeded|quota/i.test(message),
    code: 'AWS_LIMIT',
    say: ({ message }) =>
      `a limit of the account is reached (${quoted(message)}); wait and try again, or ask for more under "Service Quotas" in the console`,
  },
  {
    fits: ({ name, message }) => /AlreadyExists/.test(name) || /already exists/i.test(message),
    code: 'AWS_NAME_TAKEN',
    say: ({ message }) =>
      `a name is taken (${quoted(message)}); give the stack another name, or remove what has it in the console`,
  },
  {
    fits: ({ name }) => /^(?:E[A-Z]+|\w*TimeoutError|AbortError)$/.test(name),
    code: 'AWS_UNREACHABLE',
    say: ({ message }) => `${message}; check the network, the name of the region and AWS_ENDPOINT_URL`,
  },
]

/**
 * Says in a sentence what AWS refused, and what to do about it.
 *
 * @param doing what the caller was about: `create the stack "headcount"`
 */
export function describeRefusal(refusal: Refusal, doing: string): AppError {
  const meaning = MEANINGS.find(({ fits }) => fits(refusal))
  const what = meaning?.say(refusal) ?? `AWS says ${refusal.name}: ${quoted(refusal.message)}`
  return new AppError(meaning?.code ?? 'AWS_REFUSED', `Cannot ${doing}: ${what}`, { cause: refusal })
}

/** Lets `ask` speak to AWS, and turns its refusals into sentences. */
export async function doing<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AwsError) throw describeRefusal(error, what)
    throw error
  }
}

function quoted(message: string): string {
  return `"${message.replaceAll(/\s+/g, ' ').trim().slice(0, 300)}"`
}
