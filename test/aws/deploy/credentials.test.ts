import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readIdentity } from '../../../src/aws/credentials.ts'

const KEY = { AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'env-secret' }

let files: Readonly<Record<string, string>> = {}
let dir = ''

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'headcount-profiles-'))
  files = {
    AWS_CONFIG_FILE: join(dir, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(dir, 'credentials'),
  }
  await writeFile(
    join(dir, 'config'),
    `[default]
region = eu-west-1
[profile work]
region=eu-central-1
output = json
s3 =
    max_concurrent_requests = 5
[profile sso]
sso_session = corp
region = eu-central-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = default
`,
  )
  await writeFile(
    join(dir, 'credentials'),
    `; a comment
[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = default-secret
[work]
aws_access_key_id=AKIDWORK
aws_secret_access_key=work/secret+with=signs
aws_session_token = token
`,
  )
})
after(() => rm(dir, { recursive: true, force: true }))

/** What a call and an environment come to: key, token, region, source; or the error's code. */
const FOUND: [name: string, wishes: object, env: Record<string, string>, found: string][] = [
  [
    'the environment goes first',
    {},
    { ...KEY, AWS_REGION: 'us-east-1' },
    'AKIDENV - us-east-1 the environment',
  ],
  [
    'a session token comes along',
    {},
    { ...KEY, AWS_SESSION_TOKEN: 't', AWS_REGION: 'us-east-1' },
    'AKIDENV t us-east-1 the environment',
  ],
  [
    'the old name of the region',
    {},
    { ...KEY, AWS_DEFAULT_REGION: 'ap-southeast-2' },
    'AKIDENV - ap-southeast-2 the environment',
  ],
  ['the default profile', {}, {}, 'AKIDDEFAULT - eu-west-1 profile "default"'],
  ['AWS_PROFILE', {}, { AWS_PROFILE: 'work' }, 'AKIDWORK token eu-central-1 profile "work"'],
  [
    'a named profile goes before the environment',
    { profile: 'work' },
    KEY,
    'AKIDWORK token eu-central-1 profile "work"',
  ],
  [
    'a named region goes before all',
    { region: 'sa-east-1' },
    { AWS_REGION: 'us-east-1' },
    'AKIDDEFAULT - sa-east-1 profile "default"',
  ],
  ['a government region', { region: 'us-gov-west-1' }, KEY, 'AKIDENV - us-gov-west-1 the environment'],
  ['half a key is none', {}, { AWS_ACCESS_KEY_ID: 'AKIDENV' }, 'AKIDDEFAULT - eu-west-1 profile "default"'],
]

for (const [name, wishes, env, expected] of FOUND) {
  test(`readIdentity(): ${name}`, async () => {
    const { credentials, region, source } = await readIdentity(wishes, { ...files, ...env })
    const { accessKeyId, sessionToken = '-' } = credentials
    assert.equal(`${accessKeyId} ${sessionToken} ${region} ${source}`, expected)
  })
}

const REFUSED: [name: string, wishes: object, env: Record<string, string>, code: string, message: RegExp][] =
  [
    [
      'no key',
      { profile: 'nobody' },
      {},
      'AWS_CREDENTIALS',
      /no key in profile "nobody"; run "aws configure"/,
    ],
    [
      'single sign-on',
      { profile: 'sso' },
      {},
      'AWS_CREDENTIALS',
      /export-credentials --profile sso --format env/,
    ],
    ['a role', {}, { AWS_PROFILE: 'role' }, 'AWS_CREDENTIALS', /has no key but "role_arn"/],
    [
      'no region',
      {},
      { ...KEY, AWS_PROFILE: 'nowhere' },
      'AWS_REGION',
      /none is set; say where with --region/,
    ],
    ['what is no region', { region: 'Frankfurt' }, KEY, 'AWS_REGION', /"Frankfurt": that is no region/],
  ]

for (const [name, wishes, env, code, message] of REFUSED) {
  test(`readIdentity() refuses: ${name}`, async () => {
    await assert.rejects(readIdentity(wishes, { ...files, ...env }), { code, message })
  })
}
