import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import type { Credentials } from '../log/dynamodb/sign.ts'

/** Who asks AWS, and where. */
export interface AwsIdentity {
  readonly credentials: Credentials
  /** Such as "eu-central-1". */
  readonly region: string
  /** Where the key was found, for people: `the environment`, `profile "work"`. */
  readonly source: string
}

/** What a call says of them; the rest comes from the environment and AWS's own files. */
export interface IdentityWishes {
  readonly profile?: string | undefined
  readonly region?: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Finds key and region as AWS's own tools do: the environment, then the profile in `~/.aws/credentials` and
 * `~/.aws/config`. A profile that is named in the call goes before the environment.
 *
 * @throws {AppError} AWS_CREDENTIALS, AWS_REGION
 */
export async function readIdentity(
  { profile, region }: IdentityWishes,
  env: Environment = process.env,
): Promise<AwsIdentity> {
  const name = profile ?? env['AWS_PROFILE'] ?? 'default'
  const settings = await readProfile(name, env)
  const keys = (profile === undefined ? fromEnvironment(env) : null) ?? fromProfile(name, settings)
  const place = region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? settings.get('region')
  return { ...keys, region: parseRegion(place) }
}

type Keys = Pick<AwsIdentity, 'credentials' | 'source'>

function fromEnvironment(env: Environment): Keys | null {
  const [accessKeyId = '', secretAccessKey = ''] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  if (accessKeyId === '' || secretAccessKey === '') return null
  return {
    credentials: { accessKeyId, secretAccessKey, ...session(env['AWS_SESSION_TOKEN']) },
    source: 'the environment',
  }
}

function fromProfile(name: string, settings: ReadonlyMap<string, string>): Keys {
  const [accessKeyId, secretAccessKey] = [
    settings.get('aws_access_key_id'),
    settings.get('aws_secret_access_key'),
  ]
  if (accessKeyId === undefined || secretAccessKey === undefined) throw withoutKeys(name, settings)
  return {
    credentials: { accessKeyId, secretAccessKey, ...session(settings.get('aws_session_token')) },
    source: `profile "${name}"`,
  }
}

function session(token: string | undefined): Pick<Credentials, 'sessionToken'> {
  return token === undefined || token === '' ? {} : { sessionToken: token }
}

/** Profiles that AWS's CLI turns into keys: by single sign-on, a program or a role. */
const INDIRECT = /^(?:sso_|credential_process$|role_arn$|login_session$|web_identity_token_file$)/

function withoutKeys(name: string, settings: ReadonlyMap<string, string>): AppError {
  const indirect = [...settings.keys()].find((key) => INDIRECT.test(key))
  if (indirect !== undefined) {
    const remedy = `let the AWS CLI make keys of it: eval "$(aws configure export-credentials --profile ${name} --format env)"`
    return new AppError(
      'AWS_CREDENTIALS',
      `Cannot sign in to AWS: profile "${name}" has no key but "${indirect}"; ${remedy}`,
    )
  }
  const what = `there is no AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY in the environment, and no key in profile "${name}"`
  return new AppError(
    'AWS_CREDENTIALS',
    `Cannot sign in to AWS: ${what}; run "aws configure", or name a profile with --profile`,
  )
}

function parseRegion(text: string | undefined): string {
  const remedy = 'say where with --region eu-central-1 (any region near your readers) or AWS_REGION'
  if (text === undefined || text === '')
    throw new AppError('AWS_REGION', `Cannot choose a region of AWS: none is set; ${remedy}`)
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(text))
    throw new AppError('AWS_REGION', `Cannot use the region "${text}": that is no region of AWS; ${remedy}`)
  return text
}

/** The profile in both files of AWS's tools; of equal keys that of the credentials file holds. */
async function readProfile(name: string, env: Environment): Promise<ReadonlyMap<string, string>> {
  const folder = join(homedir(), '.aws')
  const config = await readSections(env['AWS_CONFIG_FILE'] ?? join(folder, 'config'))
  const keys = await readSections(env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'))
  const inConfig = config.get(name === 'default' ? name : `profile ${name}`) ?? []
  return new Map([...inConfig, ...(keys.get(name) ?? [])])
}

/** A file of `[section]` and `key = value` lines; none where there is no such file. */
async function readSections(file: string): Promise<Map<string, Map<string, string>>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split(/\r?\n/)) {
    const heading = /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1]?.replace(/\s+/, ' ')
    const [, key, value = ''] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (heading !== undefined) sections.set(heading, (section = sections.get(heading) ?? new Map()))
    else if (key !== undefined) section.set(key.toLowerCase(), value)
  }
  return sections
}
