import type { Command, Option } from './command.ts'

const HELP: Option = { type: 'boolean', help: 'Show this and do nothing' }
const JSON_OUT: Option = { type: 'boolean', help: 'Print JSON' }
const PERIOD: Option = {
  type: 'string',
  value: 'WORDS',
  help: 'today, yesterday, 7d, 28d (the default), 90d, 12mo, month, year, 2026, 2026-11, 2026-11-23, 2026-11-01..2026-11-15 or all',
}
const FOLDER = {
  data: { type: 'string', value: 'DIR', help: 'Data folder (default ./headcount-data)' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'Settings file (default headcount.toml in the data folder)',
  },
  help: HELP,
} as const

/** The one table of commands, in the order of help and docs/cli.md (tested). */
export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'Collect, report and show: collector, dashboard and API on one port',
    operands: [],
    options: {
      host: { type: 'string', value: 'ADDRESS', help: 'Address to listen on (default 127.0.0.1)' },
      port: { type: 'string', value: 'PORT', help: 'Port to listen on (default 8080); 0 is any free one' },
      'base-path': {
        type: 'string',
        value: 'PATH',
        help: 'Path that a proxy leaves in front, such as /stats',
      },
      'trust-proxy': {
        type: 'string',
        value: 'ADDRESSES',
        help: 'Proxies whose forwarding headers are believed, with commas between',
      },
      demo: { type: 'boolean', help: 'Use ./headcount-demo, fill it with a year of visits, open to look at' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/serve.ts')).runServe,
  },
  tag: {
    summary: 'Print the tag to paste into pages, with the reason for each part',
    operands: ['[SITE]'],
    options: {
      url: {
        type: 'string',
        value: 'URL',
        help: 'Where browsers reach this server, such as https://count.example.org',
      },
      for: { type: 'string', value: 'TOOL', help: 'What makes the pages: html (the default)' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/tag.ts')).runTag,
  },
  report: {
    summary: 'Print totals, series and top lists of a site',
    operands: ['[SITE]'],
    options: {
      period: PERIOD,
      by: {
        type: 'string',
        multiple: true,
        value: 'COLUMN',
        help: 'List the values of a column; repeatable',
      },
      where: {
        type: 'string',
        multiple: true,
        value: 'COLUMN=VALUE',
        help: 'Count only hits with this value (COLUMN!=VALUE: without; COLUMN= : not known); repeatable',
      },
      compare: { type: 'string', value: 'WITH', help: 'previous, year or none (the default)' },
      limit: { type: 'string', value: 'ROWS', help: 'Rows of each list (default 10, at most 1000)' },
      json: JSON_OUT,
      csv: { type: 'boolean', help: 'Print CSV' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/report.ts')).runReport,
  },
  ledger: {
    summary: 'Print received = counted + refused, by reason',
    operands: ['[SITE]'],
    options: { period: PERIOD, json: JSON_OUT, ...FOLDER },
    load: async () => (await import('./commands/ledger.ts')).runLedger,
  },
  tail: {
    summary: 'Print hits as they come, one line each, until interrupted',
    operands: [],
    options: { json: { type: 'boolean', help: 'Print each hit as a line of JSON' }, ...FOLDER },
    load: async () => (await import('./commands/tail.ts')).runTail,
  },
  compact: {
    summary: 'Turn closed chunks into segments and merge small segments',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/maintenance.ts')).runCompact,
  },
  verify: {
    summary: 'Derive every kept chunk again and compare it with the segment that holds it',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/maintenance.ts')).runVerify,
  },
  retain: {
    summary: 'Remove raw hits and segments whose days are over',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/maintenance.ts')).runRetain,
  },
  rederive: {
    summary: 'Judge the kept raw hits again by the rules and settings of today',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/maintenance.ts')).runRederive,
  },
  forget: {
    summary: 'Remove all hits of a site, or of one path of it, for good',
    operands: ['SITE'],
    options: { path: { type: 'string', value: 'PATH', help: 'Only hits of this path' }, ...FOLDER },
    load: async () => (await import('./commands/maintenance.ts')).runForget,
  },
  password: {
    summary: 'Set the password of the dashboard, read from the terminal or from stdin',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/password.ts')).runPassword,
  },
  doctor: {
    summary: 'Look at settings, folder, disk, clock and log: what is wrong and what to do',
    operands: [],
    options: FOLDER,
    load: async () => (await import('./commands/doctor.ts')).runDoctor,
  },
}
