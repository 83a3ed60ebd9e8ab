/** One value: what follows the family's name (`{verdict="bot"}`, `_sum`, or nothing), and the value. */
export type Sample = readonly [suffix: string, value: number]

/** Metrics of one name, by Prometheus' rules: base units, counters end in `_total`. docs/metrics.md names each. */
export interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** One line, without a full stop. */
  readonly help: string
  readonly samples: readonly Sample[]
}

/** Metrics in Prometheus' text format, version 0.0.4. */
export function renderMetrics(families: readonly Family[]): string {
  return families.map(renderFamily).join('')
}

function renderFamily({ name, type, help, samples }: Family): string {
  const lines = samples.map(([suffix, value]) => `${name}${suffix} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}
