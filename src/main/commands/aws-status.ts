import { join } from 'node:path'
import { newestHit, oldestHit } from '../../aws/ends.ts'
import { doing } from '../../aws/failures.ts'
import type { Home, TableState } from '../../aws/home.ts'
import { findTable, openHome, parseStackName, requireStack } from '../../aws/home.ts'
import { sumMetric } from '../../aws/metrics.ts'
import { readProgress } from '../../aws/pull/progress.ts'
import type { Stack } from '../../aws/stack.ts'
import type { Call } from '../command.ts'
import type { DataFolder } from '../folder.ts'
import { dataFolder } from '../folder.ts'
import { print } from '../output.ts'
import { count, instant } from '../render-aws.ts'

/** One line of the answer. */
interface Finding {
  readonly ok: boolean
  readonly what: string
}

/** `aws status [STACK]`: a line for each finding, as `doctor` prints them. @returns 1 when something is wrong */
export async function runAwsStatus(call: Call): Promise<number> {
  const name = parseStackName(call.operands[0])
  const home = await openHome({ profile: call.text('profile'), region: call.text('region') })
  const stack = await requireStack(home, name)
  const table = await findTable(home, stack.outputs.get('Table') ?? '')
  const folder = dataFolder(call.text('data') ?? './headcount-data')
  const findings = await doing(`look at "${name}"`, async () => [
    ofStack(stack),
    ...(table === null ? [NO_TABLE] : await ofTable(home, { stack, table, folder })),
  ])
  await print(findings.map(({ ok, what }) => `${ok ? 'ok  ' : 'look'}  ${what}\n`).join(''))
  return findings.every(({ ok }) => ok) ? 0 : 1
}

function ofStack({ name, status, outputs }: Stack): Finding {
  const ok = /^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status)
  const remedy = ok ? '' : '; "headcount aws deploy" puts it right'
  return {
    ok,
    what: `stack "${name}" is ${status}, reached at ${outputs.get('Endpoint') ?? 'no address'}${remedy}`,
  }
}

const NO_TABLE: Finding = {
  ok: false,
  what: 'its table is gone; "headcount aws destroy", then "aws deploy" make it anew',
}

interface Place {
  readonly stack: Stack
  readonly table: TableState
  readonly folder: DataFolder
}

async function ofTable(home: Home, place: Place): Promise<readonly Finding[]> {
  const { table } = place
  const { capacity } = table
  const pace =
    capacity === null ? 'on demand' : `${capacity.writeUnits} hits a second, ${capacity.readUnits} reads`
  return [
    { ok: table.status === 'ACTIVE', what: `table "${table.name}" is ${table.status}, ${pace}` },
    await newest(home, place),
    await unpulled(home, place),
    await lost(home, table),
  ]
}

async function newest({ db }: Home, { table }: Place): Promise<Finding> {
  const { name, createdMs, dateMs } = table
  const timeMs = await newestHit({ db, table: name, fromMs: createdMs, untilMs: dateMs })
  return { ok: true, what: timeMs === null ? 'no hit yet' : `newest hit ${instant(timeMs)}` }
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A hit that is half as old as it may get and not pulled yet is in danger. */
async function unpulled({ aws, db }: Home, { stack, table, folder }: Place): Promise<Finding> {
  const { name, createdMs, dateMs } = table
  const progress = await readProgress(join(folder.dir, 'aws', `${aws.identity.region}.${name}.json`))
  const fromMs = progress === null ? createdMs : Math.max(createdMs, progress.wholeUntilMs)
  const oldestMs = await oldestHit({ db, table: name, fromMs, untilMs: dateMs }, progress?.keys ?? new Set())
  if (oldestMs === null) return { ok: true, what: `all hits are in "${folder.dir}"` }
  const keepDays = Number(stack.outputs.get('KeepDays') ?? 365)
  const ageDays = (dateMs - oldestMs) / DAY_MS
  const ok = ageDays < keepDays / 2
  const what = `oldest hit that is not in "${folder.dir}" is of ${instant(oldestMs)}, and AWS removes it after ${keepDays} days`
  return { ok, what: ok ? what : `${what}: run "headcount aws pull ${stack.name}" soon` }
}

async function lost({ aws }: Home, { name, dateMs }: TableState): Promise<Finding> {
  const metric = { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', of: ['TableName', name] as const }
  // AWS counts these only where there are some.
  const events = (await sumMetric(aws, metric, [dateMs - 7 * DAY_MS, dateMs + MINUTE_MS])) ?? 0
  if (events === 0) return { ok: true, what: 'no write was refused in the last 7 days' }
  const what = `${count(events, 'write')} refused in the last 7 days because the table was too busy; most were tried again, some hits may be lost`
  return { ok: false, what: `${what}: raise --write-capacity with "headcount aws deploy"` }
}
