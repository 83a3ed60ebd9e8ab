import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { bundleLambda } from '../../../scripts/lambda-bundle.ts'
import type { Home } from '../../../src/aws/home.ts'
import type { Metric } from '../../../src/aws/metrics.ts'
import { findTable, openHome, requireStack } from '../../../src/aws/home.ts'
import { tryEndpoint } from '../../../src/aws/probe.ts'
import { createStack } from '../../../src/aws/stack-change.ts'
import { AppError } from '../../../src/errors.ts'
import { headcount, MAIN, withFolder } from '../../main/support/program.ts'
import { knownOf } from '../support/known.ts'
import type { MiniStack } from '../support/ministack.ts'
import { awsTool, startMiniStack, whyNoAwsTools } from '../support/ministack.ts'
import type { CountingRequest, Send } from './requests.ts'
import { REQUESTS, sendAll } from './requests.ts'
import { TEMPLATE } from './template.ts'

const SITE = 'blog.example.org'
/** What `aws deploy` itself sends, to see whether the way is open. */
const PROBE = { resource: '/c.css?p=/probe', headers: { 'user-agent': 'headcount-deploy (bot)' } }

describe('the AWS home on an emulator of AWS', { skip: whyNoAwsTools() }, () => {
  let aws: MiniStack
  let home: Home
  let dir = ''

  before(async () => {
    aws = await startMiniStack()
    home = await openHome({}, aws.env)
    dir = await mkdtemp(join(tmpdir(), 'headcount-aws-'))
    await writeFile(join(dir, 'headcount.toml'), `sites = ["${SITE}"]\ntimezone = "UTC"\n`)
  })
  after(async () => {
    await aws[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  })

  async function run(args: string, env: Readonly<Record<string, string>> = {}) {
    const settings =
      /^aws (?:deploy|status|pull)/.test(args) && !args.includes('--data') ? ['--data', dir] : []
    return await headcount([...args.split(' '), ...settings], { env: { ...aws.env, ...env } })
  }

  /** Runs a command that shall succeed. */
  async function done(args: string): Promise<string> {
    const { code, stdout, stderr } = await run(args)
    assert.equal(code, 0, `${args}: ${stderr}`)
    return stdout + stderr
  }

  /** AWS's own command line, beside ours. */
  function cli(args: readonly string[]): string {
    return execFileSync(awsTool('aws'), args, { env: { ...process.env, ...aws.env }, encoding: 'utf8' })
  }

  /** What a client beyond AWS sends to an address, each with these headers besides its own. */
  function sendTo(address: string, added: Readonly<Record<string, string>> = {}): Send {
    return async ({ resource, headers, body }: CountingRequest) => {
      const posted = body === undefined ? {} : { method: 'POST', body }
      const answer = await aws.ask(address + resource, { headers: { ...headers, ...added }, ...posted })
      return { status: answer.status, etag: String(answer.headers['etag'] ?? '') }
    }
  }

  async function itemsOf(table: string): Promise<number> {
    const { output } = await home.db.call('Scan', { TableName: table, Select: 'COUNT' })
    assert(typeof output === 'object' && output !== null && 'Count' in output)
    return Number(output.Count)
  }

  async function outputOf(stack: string, name: string): Promise<string> {
    return (await requireStack(home, stack)).outputs.get(name) ?? ''
  }

  for (const endpoint of ['function-url', 'rest-api']) {
    test(`${endpoint}: deployed by one command, asked, pulled: the report is that of "serve"`, async () => {
      const stack = `e2e-${endpoint}`
      const { stdout, stderr, code } = await run(`aws deploy ${stack} --yes --endpoint ${endpoint}`)
      assert.equal(code, 0, stderr)
      const [, resource = ''] = /^<link [^>]*href="(https:[^"?]+)\?p=\{path\}"[^>]*>\n$/.exec(stdout) ?? []
      assert.match(resource, /\/blog\.example\.org\/c\.css$/)
      assert.match(stderr, /\$0\.00|\$3\.50/)
      assert.match(stderr, /its hit is in the table/)
      const origin = resource.replace(/\/c\.css$/, '')

      await withFolder(async (data) => {
        const folder = join(data, 'pulled')
        await roomInTheHour()
        await sendAll(REQUESTS, sendTo(origin))
        const pulled = await headcount(['aws', 'pull', stack, '--data', folder], { env: aws.env })
        assert.equal(pulled.code, 0, pulled.stderr)
        assert.deepEqual(await reportOf(folder), await reportOfServe())
      })
    })
  }

  test('cloudfront: what it forwards is enough for all but the finer hints of browsers', async () => {
    const domain = [
      ['Domain', 'count.example.org'],
      ['CertificateArn', 'arn:aws:acm:us-east-1:123456789012:certificate/1234abcd'],
    ] as const
    const parameters = new Map([['Sites', SITE], ['Endpoint', 'cloudfront'], ...domain])
    // The emulator's CloudFront does not sign what it sends to the function, so here the function asks for no signature.
    const template = TEMPLATE.replace('AuthType: !If [CloudFront, AWS_IAM, NONE]', 'AuthType: NONE')
    assert.notEqual(template, TEMPLATE)
    const { outputs } = await createStack(
      home.aws,
      { name: 'e2e-cloudfront', template, parameters },
      () => {},
    )
    assert.equal(outputs.get('Endpoint'), 'https://count.example.org/')
    // CloudFront writes its own name where a request has no User-Agent, and browsers cannot sign what they post.
    const requests = REQUESTS.filter(
      ({ headers, body }) => headers['user-agent'] !== undefined && body === undefined,
    )
    await roomInTheHour()
    const send = sendTo(`https://${outputs.get('DistributionDomain')}/${SITE}`, {
      'x-forwarded-proto': 'https',
    })
    await sendAll([PROBE, ...requests], send)
    const folder = join(dir, 'cloudfront')
    await done(`aws pull table/e2e-cloudfront-hits --data ${folder}`)
    const [ours, theirs] = [await reportOf(folder), await reportOfServe(requests)]
    for (const part of ['totals', 'ledger', 'series'] as const)
      assert.deepEqual(ours[part], theirs[part], part)
    for (const list of ['path', 'referrer', 'channel', 'campaign', 'language']) {
      assert.deepEqual(ours.top[list], theirs.top[list], list)
    }
  })

  /** The same requests, sent to a server. */
  async function reportOfServe(requests = REQUESTS): Promise<Reported> {
    const reports: Reported[] = []
    await withFolder(async (data, serve) => {
      await writeFile(join(data, 'headcount.toml'), `sites = ["${SITE}"]\ntimezone = "UTC"\n`)
      const server = await serve(['--data', data])
      await sendAll([PROBE, ...requests], async ({ resource, headers, body }) => {
        const posted = body === undefined ? {} : { method: 'POST', body }
        const answer = await fetch(`${server.url}/${SITE}${resource}`, {
          headers: asSent(headers),
          ...posted,
        })
        await answer.arrayBuffer()
        return { status: answer.status, etag: answer.headers.get('etag') ?? '' }
      })
      await server.stop()
      reports.push(await reportOf(data))
    })
    const [report] = reports
    assert(report !== undefined)
    return report
  }

  test('done again it changes nothing; with an option it changes that, and no other', async () => {
    const stack = 'e2e-function-url'
    assert.match(await done(`aws deploy ${stack} --yes`), /There was nothing to change/)
    assert.match(await done(`aws deploy ${stack} --yes --write-capacity 10`), /for 10 hits a second/)
    const again = await done(`aws deploy ${stack} --yes --for hugo`)
    assert.match(again, /for 10 hits a second/)
    assert.match(again, /c\.css\?p=\{\{ \.RelPermalink \| urlquery \}\}"/)
    const table = await findTable(home, `${stack}-hits`)
    assert.deepEqual(table?.capacity, { writeUnits: 10, readUnits: 25 })
  })

  test('the role lets the function write to its own table and to no other', async () => {
    const [stack, other] = ['e2e-function-url', 'e2e-rest-api-hits']
    const [name, endpoint] = [await outputOf(stack, 'Function'), await outputOf(stack, 'Endpoint')]
    const ask = async () => (await aws.ask(`${endpoint}${SITE}/c.css?p=/`)).status
    const writeTo = (table: string) => {
      const Variables = { HEADCOUNT_TABLE: table, HEADCOUNT_SITES: SITE }
      const environment = JSON.stringify({ Variables })
      cli(['lambda', 'update-function-configuration', '--function-name', name, '--environment', environment])
    }
    const [own, others] = [await itemsOf(`${stack}-hits`), await itemsOf(other)]
    writeTo(other)
    assert.equal(await ask(), 503)
    writeTo(`${stack}-hits`)
    assert.equal(await ask(), 200)
    assert.deepEqual([await itemsOf(`${stack}-hits`), await itemsOf(other)], [own + 1, others])
  })

  test('status tells the newest hit and those that were not pulled', async () => {
    const told = await done('aws status e2e-function-url')
    assert.match(told, /^ok {4}stack "e2e-function-url" is UPDATE_COMPLETE, reached at https:/m)
    assert.match(told, /^ok {4}newest hit 20\d\d-\d\d-\d\d /m)
    assert.match(told, /^ok {4}oldest hit that is not in /m)
    assert.match(told, /^ok {4}no write was refused/m)
    await done('aws pull e2e-function-url')
    assert.match(await done('aws status e2e-function-url'), /^ok {4}all hits are in /m)
  })

  test('status says "look" when writes were refused', async () => {
    putMetric(
      { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', of: ['TableName', 'e2e-rest-api-hits'] },
      7,
    )
    const { code, stdout } = await run('aws status e2e-rest-api')
    assert.equal(code, 1)
    assert.match(stdout, /^look {2}7 writes refused in the last 7 days/m)
  })

  test('cost projects the month from what AWS counted, and says what it does not know', async () => {
    const unknown = JSON.parse((await run('aws cost e2e-rest-api --json')).stdout)
    assert.deepEqual(unknown.projected, { requests: null, usd: null, lines: null })
    const name = await outputOf('e2e-rest-api', 'Function')
    putMetric({ namespace: 'AWS/Lambda', name: 'Invocations', of: ['FunctionName', name] }, 1_000)
    const known = JSON.parse((await run('aws cost e2e-rest-api --json')).stdout)
    assert.equal(known.counted.requests, 1_000)
    assert(known.projected.requests > 1_000)
    const api = known.projected.lines.find(
      ({ what }: { readonly what: string }) => what === 'API Gateway requests',
    )
    assert(Math.abs(api.usd - (known.projected.requests * 3.5) / 1e6) < 0.01)
    assert.match(await done('aws cost e2e-rest-api'), /List prices of 20\d\d-\d\d-\d\d/)
  })

  /** What AWS counts by itself, and the emulator does not. */
  function putMetric({ namespace, name, of: [Name, Value] }: Metric, sum: number) {
    const data = [{ MetricName: name, Dimensions: [{ Name, Value }], Value: sum }]
    cli(['cloudwatch', 'put-metric-data', '--namespace', namespace, '--metric-data', JSON.stringify(data)])
  }

  test('destroy keeps the table, deploy goes on with it, and destroy --table removes it', async () => {
    const [stack, table] = ['e2e-rest-api', 'e2e-rest-api-hits']
    const items = await itemsOf(table)
    assert.match(await done(`aws destroy ${stack} --yes`), /Hits \(DynamoDB Table\): kept/)
    const { code, stderr } = await run(`aws status ${stack}`)
    assert.equal(code, 1)
    assert.match(stderr, /there is none of that name in us-east-1.*\n\(AWS_STACK_MISSING/)
    assert.match(await done(`aws deploy ${stack} --yes`), /which is there already and stays as it is/)
    assert.equal(await itemsOf(table), items + 1)
    assert.match(await done(`aws deploy ${stack} --yes`), /nothing to change/)
    const refused = await run(`aws deploy ${stack} --yes --write-capacity 50`)
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /its capacity stays as it is/)
    await done(`aws destroy ${stack} --yes --table`)
    assert.equal(await findTable(home, table), null)
  })

  test('a first try that fails says why and leaves nothing in the way of the next', async () => {
    const template = TEMPLATE.replace('MetricName: WriteThrottleEvents', 'Nothing: WriteThrottleEvents')
    const wish = { name: 'failed', template, parameters: new Map([['Sites', SITE]]) }
    const failure = await createStack(home.aws, wish, () => {}).catch((error: unknown) => error)
    assert(failure instanceof AppError)
    assert.equal(failure.code, 'AWS_STACK_FAILED')
    assert.match(
      failure.message,
      /^Cannot change the stack "failed": "Throttled" failed: ".*MetricName.*"; AWS has undone/,
    )
    assert.equal(await findTable(home, 'failed-hits'), null)
    assert.match(await done('aws deploy failed --yes'), /its hit is in the table/)
  })

  test('a key that may do nothing is told which action it lacks', async () => {
    cli(['iam', 'create-user', '--user-name', 'nobody'])
    const key = JSON.parse(cli(['iam', 'create-access-key', '--user-name', 'nobody'])).AccessKey
    const env = { AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey }
    const { code, stderr } = await run('aws deploy denied --yes', env)
    assert.equal(code, 1)
    assert.match(stderr, /AWS denies the action "cloudformation:DescribeStacks"; .*\n\(AWS_DENIED/)
    assert(!stderr.includes(key.SecretAccessKey))
  })

  test('nothing is made without a yes', async () => {
    const { code, stderr } = await run('aws deploy unasked')
    assert.equal(code, 2)
    assert.match(stderr, /there is no terminal to ask on; say --yes/)
    assert.equal((await run('aws status unasked')).code, 1)
  })

  test('on a terminal it asks, and takes no for an answer', () => {
    const command = [process.execPath, MAIN, 'aws', 'deploy', 'asked', '--data', dir]
    const python = `import pty, sys; sys.exit(pty.spawn(${JSON.stringify(command)}) >> 8)`
    const env = { ...process.env, ...aws.env }
    const { status, stdout } = spawnSync('python3', ['-c', python], { env, input: 'no\n', encoding: 'utf8' })
    assert.match(stdout, /Makes the stack "asked":[^]*Make it\? \[y\/N\] /)
    assert.equal(status, 1)
    assert.doesNotMatch(stdout, /made/)
  })

  test('an endpoint whose hits do not come is told of', async () => {
    const address = `${await outputOf('e2e-function-url', 'Endpoint')}${SITE}/c.css`
    const probe = { address, table: 'failed-hits', db: home.db, emulator: aws.endpoint }
    await assert.rejects(tryEndpoint(probe, 1_500), { code: 'AWS_ENDPOINT_SILENT', message: /status 200/ })
  })

  test('the long way makes the same, step by step', async () => {
    const [script, zip] = [join(dir, 'long-way.sh'), join(dir, 'headcount-lambda.zip')]
    await writeFile(script, (await headcount(['aws', 'template', '--long-way'])).stdout)
    await writeFile(zip, (await bundleLambda()).zip)
    const PATH = `${join(awsTool('aws'), '..')}:${process.env['PATH']}`
    const made = { SITES: SITE, ZIP: zip, NAME: 'long', TIMEZONE: 'Pacific/Kiritimati' }
    const env = { ...process.env, ...aws.env, PATH, ...made }
    const tag = execFileSync('sh', [script], { env, encoding: 'utf8' })
    const [, address = ''] = /href="(https:[^"?]+)\?p=\{path\}"/.exec(tag) ?? []
    const [request] = REQUESTS
    assert.equal(
      (await aws.ask(`${address}?p=/long`, { headers: { ...request?.headers, referer: `https://${SITE}/` } }))
        .status,
      200,
    )
    assert.equal(await itemsOf('long-hits'), 1)
    const days = [dayInKiritimati()]
    const { headers } = await aws.ask(address.replace('c.css', 'v.css'), { headers: { ...request?.headers } })
    days.push(dayInKiritimati())
    assert(days.map((day) => `"${day}.1"`).includes(String(headers['etag'])))
  })
})

/** The parts of a report that the test looks at one by one. */
interface Reported {
  readonly totals: unknown
  readonly ledger: unknown
  readonly series: unknown
  readonly top: Readonly<Record<string, unknown>>
}

async function reportOf(data: string): Promise<Reported> {
  const { code, stdout, stderr } = await headcount([
    'report',
    SITE,
    '--period',
    'today',
    '--json',
    '--data',
    data,
  ])
  assert.equal(code, 0, stderr)
  const { fresh, read, ...report } = JSON.parse(stdout)
  assert.equal(typeof fresh, 'string')
  assert.equal(typeof read.ms, 'number')
  return { ...knownOf(report), hits: read.tailHits }
}

/** The same requests are sent twice, one after the other: both must fall into one hour of the series. */
async function roomInTheHour(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS)
  if (left < ROOM_MS) await setTimeout(left)
}

const HOUR_MS = 3_600_000
const ROOM_MS = 90_000

/** UTC and fourteen hours. */
function dayInKiritimati(): string {
  return new Date(Date.now() + 14 * HOUR_MS).toISOString().slice(0, 10)
}

/** `fetch` names itself where nobody else does. */
function asSent(headers: Readonly<Record<string, string>>): Record<string, string> {
  return { 'user-agent': '', 'accept-language': '', ...headers }
}
