import type { BillLine } from '../../aws/cost.ts'
import { monthlyBill, totalUsd } from '../../aws/cost.ts'
import { doing } from '../../aws/failures.ts'
import { findTable, openHome, parseStackName, requireStack } from '../../aws/home.ts'
import type { MonthSoFar } from '../../aws/month.ts'
import { projectMonth, readMonth } from '../../aws/month.ts'
import { PRICES } from '../../aws/prices.ts'
import type { Call } from '../command.ts'
import { print } from '../output.ts'
import { count, dollars, instant } from '../render-aws.ts'

/** `aws cost [STACK]`: the month's bill, from what AWS has counted so far. */
export async function runAwsCost(call: Call): Promise<void> {
  const name = parseStackName(call.operands[0])
  const home = await openHome({ profile: call.text('profile'), region: call.text('region') })
  const stack = await requireStack(home, name)
  const [month, table] = await doing(`read what "${name}" did`, async () => [
    await readMonth(home.aws, stack, Date.now()),
    await findTable(home, stack.outputs.get('Table') ?? ''),
  ])
  const usage = table === null ? null : projectMonth(month, stack, table)
  const lines = usage === null ? null : monthlyBill(usage)
  const requests = usage?.requests ?? null
  await print(call.has('json') ? renderJson(month, requests, lines) : renderText(month, requests, lines))
}

function renderJson(month: MonthSoFar, requests: number | null, lines: readonly BillLine[] | null): string {
  const { fromMs, nowMs, endMs, ...counted } = month
  return `${JSON.stringify(
    {
      from: new Date(fromMs),
      until: new Date(nowMs),
      monthEnds: new Date(endMs),
      counted,
      projected: {
        requests: requests === null ? null : Math.round(requests),
        usd: lines && totalUsd(lines),
        lines,
      },
      prices: { asOf: PRICES.asOf, region: PRICES.region },
    },
    null,
    2,
  )}\n`
}

function renderText(month: MonthSoFar, requests: number | null, lines: readonly BillLine[] | null): string {
  const { fromMs, nowMs, writeUnits, readUnits } = month
  const so = `From ${instant(fromMs)} to ${instant(nowMs)} AWS counted ${count(month.requests, 'request')}, ${count(writeUnits, 'write unit')} and ${count(readUnits, 'read unit')}.\n`
  if (lines === null)
    return `${so}That is too little to project a month from: AWS's counts are some minutes late.\n`
  const rows = lines.map(({ what, usd }) => `  ${what.padEnd(24)}${dollars(usd).padStart(12)}\n`)
  return `${so}The whole month at that pace, ${count(requests, 'request')}:
${rows.join('')}  ${'Together'.padEnd(24)}${dollars(totalUsd(lines)).padStart(12)}
List prices of ${PRICES.asOf} in ${PRICES.region} without tax, the free tier used up by nothing else in the account.
`
}
