/** The part of a report as JSON that is looked into here. */
export interface WithLedger {
  readonly ledger: { readonly refused: Readonly<Record<string, number | null>> }
}

/** A report as JSON without the refusals that are not known, so that AWS can be compared with a server, which knows them. */
export function knownOf<Report extends WithLedger>(report: Report): Report {
  const known = Object.entries(report.ledger.refused).filter(([, hits]) => hits !== null)
  return { ...report, ledger: { ...report.ledger, refused: Object.fromEntries(known) } }
}
