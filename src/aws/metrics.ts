import type { AwsClient } from './client.ts'

/** A number that AWS counts by itself. */
export interface Metric {
  /** `AWS/Lambda`. */
  readonly namespace: string
  readonly name: string
  /** What it is counted of: name and value. */
  readonly of: readonly [name: string, value: string]
}

const DAY_SECONDS = 86_400

/**
 * What a metric comes to over [fromMs, untilMs), up to 400 days; AWS is some minutes late with it.
 *
 * @returns null where AWS has no number: nothing happened, or it does not know
 */
export async function sumMetric(
  aws: AwsClient,
  { namespace, name, of }: Metric,
  [fromMs, untilMs]: readonly [number, number],
): Promise<number | null> {
  const answer = await aws.call('monitoring', 'GetMetricStatistics', {
    Namespace: namespace,
    MetricName: name,
    'Dimensions.member.1.Name': of[0],
    'Dimensions.member.1.Value': of[1],
    StartTime: new Date(fromMs).toISOString(),
    EndTime: new Date(untilMs).toISOString(),
    Period: String(DAY_SECONDS),
    'Statistics.member.1': 'Sum',
  })
  const points = answer.find('GetMetricStatisticsResult')?.members('Datapoints') ?? []
  return points.length === 0 ? null : points.reduce((sum, point) => sum + Number(point.text('Sum')), 0)
}
