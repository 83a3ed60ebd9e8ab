import type { Family } from './metrics.ts'
import { version } from './version.ts'

/** What Prometheus' own libraries tell of a process, of the server without its worker, and which version it is. */
export function processFamilies(): readonly Family[] {
  const { user, system } = process.cpuUsage()
  return [
    {
      name: 'headcount_build_info',
      type: 'gauge',
      help: 'Always 1; its labels say which version runs on which Node',
      samples: [[`{version="${version()}",node="${process.versions.node}"}`, 1]],
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: 'When the server was started, in seconds since 1970',
      samples: [['', performance.timeOrigin / 1_000]],
    },
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time of the server, without its worker',
      samples: [['', (user + system) / 1_000_000]],
    },
    {
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      help: 'Memory of the server, without its worker',
      samples: [['', process.memoryUsage.rss()]],
    },
  ]
}
