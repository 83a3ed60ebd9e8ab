/** What one look showed. */
export interface Finding {
  readonly ok: boolean
  /** What is so; when it is not ok, also what to do. */
  readonly what: string
}

/** All is well there. */
export function fine(what: string): readonly Finding[] {
  return [{ ok: true, what }]
}

/** Somebody has to look there. */
export function look(what: string): readonly Finding[] {
  return [{ ok: false, what }]
}

/** One line a finding. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings.map(({ ok, what }) => `${ok ? 'ok  ' : 'look'}  ${what}\n`).join('')
}
