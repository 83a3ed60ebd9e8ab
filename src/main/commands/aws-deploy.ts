import { monthlyBill, totalUsd } from '../../aws/cost.ts'
import type { Prepared } from '../../aws/deploy.ts'
import { prepareDeploy, runDeploy } from '../../aws/deploy.ts'
import type { Home } from '../../aws/home.ts'
import { openHome, parseStackName } from '../../aws/home.ts'
import { parseOptions, settingsParameters } from '../../aws/parameters.ts'
import { PRICES } from '../../aws/prices.ts'
import { tryEndpoint } from '../../aws/probe.ts'
import type { Stack } from '../../aws/stack.ts'
import { tableOf } from '../../aws/stack-plan.ts'
import { designOf, usageOf } from '../../aws/usage.ts'
import type { Generator } from '../../generators.ts'
import { relationTo } from '../../same-site.ts'
import type { Settings } from '../../settings.ts'
import type { TagWish } from '../../tag.ts'
import { adviseTag } from '../../tag.ts'
import type { Call } from '../command.ts'
import { readConfiguration } from '../configuration.ts'
import { confirm } from '../confirm.ts'
import { readDeployFile } from '../deploy-files.ts'
import { printTag, sayReasons } from '../print-tag.ts'
import { say } from '../output.ts'
import { dollars, progressLine } from '../render-aws.ts'
import { readGenerator } from './tag.ts'

/** `aws deploy [STACK]`: from a key to the tag. @returns 1 when the person says no */
export async function runAwsDeploy(call: Call): Promise<number> {
  const name = parseStackName(call.operands[0])
  const { settings } = await readConfiguration(call)
  const wanted = new Map([...settingsParameters(settings), ...parseOptions((option) => call.text(option))])
  const generator = readGenerator('aws deploy', call.text('for'))
  const home = await openHome({ profile: call.text('profile'), region: call.text('region') })
  const prepared = await prepareDeploy(home, name, wanted)
  say(renderPlan(home, name, prepared))
  if (!(await confirm(call, 'aws deploy', prepared.change === 'update' ? 'Change it?' : 'Make it?'))) return 1

  const template = await readDeployFile('template.yaml')
  const { stack, changed } = await runDeploy(home, { ...prepared, name, template }, (event) => {
    const line = progressLine(event)
    if (line !== null) say(line)
  })
  say(
    changed
      ? 'The stack stands. Trying it with one request …'
      : 'There was nothing to change. Trying it with one request …',
  )
  await tryEndpoint(probeOf(home, stack, settings))
  say('The request was answered, and its hit is in the table.\n')
  await printTags(stack, settings, generator)
  return 0
}

const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['function-url', 'reached at an address of its own'],
  ['rest-api', 'behind an API Gateway (REST)'],
  ['cloudfront', 'behind CloudFront with your own domain'],
])

function renderPlan({ aws, account }: Home, name: string, prepared: Prepared): string {
  const { region, source } = aws.identity
  const { change, adopts, parameters } = prepared
  const design = designOf(parameters)
  const [million, tenMillion] = [1e6, 1e7].map((hits) =>
    dollars(totalUsd(monthlyBill(usageOf(design, hits)))),
  )
  const table =
    adopts === null
      ? `one DynamoDB table "${tableOf(name)}", ${describeCapacity(parameters)}`
      : `the DynamoDB table "${adopts}", which is there already and stays as it is`
  return `AWS account ${account}, region ${region}, key from ${source}

${change === 'update' ? 'Changes' : 'Makes'} the stack "${name}":
  one Lambda function with 128 MB, ${ENDPOINTS.get(design.endpoint)}
  ${table}; each hit stays ${design.keepDays} days
  a role that may write to that table and nothing else, a log of failures, an alarm for lost hits
Counts ${(parameters.get('Sites') ?? '').replaceAll(',', ', ')}

Costs at most ${million} a month for a million hits, ${tenMillion} for ten million (list prices of ${PRICES.asOf} in ${PRICES.region},
the account's other use of the free tier left out). docs/aws.md has the worst case.
`
}

function describeCapacity(parameters: ReadonlyMap<string, string>): string {
  if (parameters.get('BillingMode') === 'on-demand')
    return `billed by the hit, at most ${parameters.get('MaxWriteRequestUnits') ?? 100} hits a second`
  return `for ${parameters.get('WriteCapacity') ?? 25} hits a second and ${parameters.get('ReadCapacity') ?? 25} blocks read`
}

function probeOf({ db }: Home, stack: Stack, settings: Settings) {
  const distribution = stack.outputs.get('DistributionDomain')
  // The own domain may not lead there yet.
  const endpoint = distribution === undefined ? endpointOf(stack) : `https://${distribution}/`
  return {
    address: resourceOf(endpoint, settings, siteNames(settings)[0] ?? 'example.org'),
    table: stack.outputs.get('Table') ?? '',
    db,
    emulator: process.env['AWS_ENDPOINT_URL'],
  }
}

function endpointOf({ outputs }: Stack): string {
  return outputs.get('Endpoint') ?? ''
}

function resourceOf(endpoint: string, { stems }: Settings, site: string): string {
  return `${endpoint}${site}/${stems.view}.css`
}

function siteNames({ sites }: Settings): readonly string[] {
  return typeof sites === 'string' ? [] : sites.map(({ name }) => name)
}

/** The tag of each site on stdout, where it goes and why it looks like that on stderr. */
async function printTags(stack: Stack, settings: Settings, generator: Generator): Promise<void> {
  const publicUrl = endpointOf(stack).replace(/\/$/, '')
  const names = siteNames(settings)
  const wishes = (names.length === 0 ? [null] : names).map((site): TagWish => {
    const place = { publicUrl, site, stems: settings.stems }
    const relation = relationTo(site, publicUrl) ?? 'cross-site'
    return { place, relation, generator, visitors: false, extras: [] }
  })
  for (const wish of wishes) await printTag(adviseTag(wish))
  for (const wish of new Map(wishes.map((wish) => [wish.relation, wish])).values()) {
    sayReasons(wish, adviseTag(wish))
    if (wish.relation === 'cross-site') say(OWN_DOMAIN)
  }
  const distribution = stack.outputs.get('DistributionDomain')
  if (distribution !== undefined)
    say(`\nPoint a CNAME of ${new URL(publicUrl).hostname} to ${distribution} first.`)
  say(`\nThen: headcount aws pull ${stack.name}`)
}

const OWN_DOMAIN =
  '\nWith your own domain (--endpoint cloudfront) browsers say by themselves which page they are on.'
