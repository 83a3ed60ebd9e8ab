import { printable } from '../printable.ts'
import type { LedgerReport } from '../report/report.ts'
import { VERDICTS } from '../verdict.ts'

/** A ledger as text: received = counted + refused, each reason and each bot with its hits. */
export function renderLedger({ site, period, ledger, bots, fresh }: LedgerReport): string {
  const { received, counted, refused } = ledger
  const reasons = VERDICTS.flatMap((verdict): Row[] => {
    const hits = verdict === 'counted' ? undefined : refused[verdict]
    return hits === undefined ? [] : [[`  ${verdict}`, hits ?? 'not known']]
  })
  const names = bots.map(({ name, hits, ai }): Row => [`  ${printable(name)}${ai ? ' (AI)' : ''}`, hits])
  const rows: readonly Row[] = [
    ['received', received],
    ['counted', counted],
    ['refused', received - counted],
    ...reasons,
  ]
  return `${site ?? 'All sites'}, ${period.from} to ${period.to} (${period.timezone})

${columns(rows)}${names.length === 0 ? '' : `\nbots\n${columns(names)}`}
fresh to ${fresh ?? '(no hit yet)'}
`
}

type Row = readonly [label: string, hits: number | 'not known']

function columns(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  const digits = Math.max(...rows.map(([, hits]) => String(hits).length))
  return rows.map(([label, hits]) => `${label.padEnd(width)}  ${String(hits).padStart(digits)}\n`).join('')
}
