import type { Command, Option } from './command.ts'

const HELP: Option = { type: 'boolean', help: 'Show this and do nothing' }
const JSON_OUT: Option = { type: 'boolean', help: 'Print JSON' }
const PERIOD: Option = {
  type: 'string',
  value: 'WORDS',
  help: 'today, yesterday, 7d, 28d (the default), 90d, 12mo, month, year, 2026, 2026-11, 2026-11-23, 2026-11-01..2026-11-15 or all',
}
const WHERE: Option = {
  type: 'string',
  multiple: true,
  value: 'COLUMN=VALUE',
  help: 'Count only hits with this value (COLUMN!=VALUE: without; COLUMN= : not known; path=/blog/*); repeatable',
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

const AWS = {
  region: {
    type: 'string',
    value: 'REGION',
    help: 'Region of AWS, such as eu-central-1 (default: as the AWS CLI)',
  },
  profile: { type: 'string', value: 'NAME', help: 'Profile of the AWS CLI that has the key' },
} as const
const PACE = {
  'pull-seconds': {
    type: 'string',
    value: 'SECONDS',
    help: 'Seconds between two looks at the table on AWS (default 5)',
  },
  'units-per-second': {
    type: 'string',
    value: 'UNITS',
    help: 'Read units a second that pulling may take (default: four fifths of what the table has)',
  },
} as const
const TOOL: Option = {
  type: 'string',
  value: 'TOOL',
  help: 'What makes the pages: html (the default), hugo, jekyll, eleventy, … (see docs/tags.md)',
}
const YES: Option = { type: 'boolean', help: 'Do not ask' }

/** The one table of commands, in the order of help and docs/cli.md (tested). A name may have two words. */
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
      pull: {
        type: 'string',
        value: 'aws:STACK',
        help: 'Copy hits from AWS while serving; aws:table/NAME where the stack is gone',
      },
      ...PACE,
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
      for: TOOL,
      visitors: { type: 'boolean', help: 'Count visitors as well: leaves a word in the browser’s cache' },
      with: {
        type: 'string',
        value: 'WORDS',
        help: 'What else to count, with commas between: windows, end, outbound, ping, referrer',
      },
      'same-site': { type: 'boolean', help: 'The collector is on a host of the site’s own domain' },
      'cross-site': { type: 'boolean', help: 'It is on another site: the tag names the page' },
      check: {
        type: 'string',
        value: 'PAGE',
        help: 'Fetch this page instead, and say what its tag counts in which browser and what to change',
      },
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
      where: WHERE,
      compare: { type: 'string', value: 'WITH', help: 'previous, year or none (the default)' },
      granularity: { type: 'string', value: 'BUCKET', help: 'hour, day, week, month or auto (the default)' },
      limit: { type: 'string', value: 'ROWS', help: 'Rows of each list (default 10, at most 1000)' },
      search: { type: 'string', value: 'TEXT', help: 'List only values that contain it' },
      json: JSON_OUT,
      csv: { type: 'boolean', help: 'Print CSV' },
      html: { type: 'string', value: 'FILE', help: 'Write the overview as one HTML file; - prints it' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/report.ts')).runReport,
  },
  letter: {
    summary: 'Print the last whole week or month as a letter, for cron and mail',
    operands: ['[SITE]'],
    options: {
      pace: { type: 'string', value: 'PACE', help: 'week (the default) or month' },
      html: { type: 'boolean', help: 'Print HTML' },
      'referrer-from': {
        type: 'string',
        value: 'VIEWS',
        help: 'Name a referrer never seen before from so many page views on (default 5)',
      },
      ...FOLDER,
    },
    load: async () => (await import('./commands/letter.ts')).runLetter,
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
  export: {
    summary: 'Write the hits themselves as NDJSON, CSV or Parquet',
    operands: ['[SITE]'],
    options: {
      period: PERIOD,
      where: WHERE,
      format: { type: 'string', value: 'FORMAT', help: 'ndjson (the default), csv or parquet' },
      output: { type: 'string', value: 'FILE', help: 'Write into this file instead of stdout' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/export.ts')).runExport,
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
  'token make': {
    summary: 'Make a token of the API and print it, once',
    operands: ['NAME'],
    options: {
      scope: {
        type: 'string',
        multiple: true,
        value: 'SCOPE',
        help: 'What it may do: read (the default), count or export; repeatable',
      },
      ...FOLDER,
    },
    load: async () => (await import('./commands/token.ts')).runTokenMake,
  },
  'token list': {
    summary: 'List the tokens of the API: names, scopes, when they were made',
    operands: [],
    options: { json: JSON_OUT, ...FOLDER },
    load: async () => (await import('./commands/token.ts')).runTokenList,
  },
  'token revoke': {
    summary: 'Make a token of the API worthless',
    operands: ['NAME'],
    options: FOLDER,
    load: async () => (await import('./commands/token.ts')).runTokenRevoke,
  },
  'share make': {
    summary: 'Make a link that shows one site, or a part of it, to whoever has it',
    operands: ['[SITE]'],
    options: {
      where: {
        type: 'string',
        multiple: true,
        value: 'COLUMN=VALUE',
        help: 'Show only hits with this value, as of report; repeatable',
      },
      days: { type: 'string', value: 'DAYS', help: 'Days until it ends (default: it does not)' },
      name: { type: 'string', value: 'NAME', help: 'What to call it (default: the site)' },
      ...FOLDER,
    },
    load: async () => (await import('./commands/share.ts')).runShareMake,
  },
  'share list': {
    summary: 'List the links: names, what they show, when they end',
    operands: [],
    options: { json: JSON_OUT, ...FOLDER },
    load: async () => (await import('./commands/share.ts')).runShareList,
  },
  'share revoke': {
    summary: 'Make a link show nothing any more',
    operands: ['NAME'],
    options: FOLDER,
    load: async () => (await import('./commands/share.ts')).runShareRevoke,
  },
  doctor: {
    summary: 'Look at settings, folder, disk, clock, log and a page: what is wrong and what to do',
    operands: ['[PAGE]'],
    options: FOLDER,
    load: async () => (await import('./commands/doctor.ts')).runDoctor,
  },
  'aws template': {
    summary: 'Print the CloudFormation template of the AWS home',
    operands: [],
    options: {
      code: { type: 'boolean', help: 'Print the code of its function, which the template holds packed' },
      'long-way': {
        type: 'boolean',
        help: 'Print a script that makes the same with the AWS CLI, step by step',
      },
      help: HELP,
    },
    load: async () => (await import('./commands/aws-template.ts')).runAwsTemplate,
  },
  'aws deploy': {
    summary: 'Make or change the AWS home: one function, one table; then try it and print the tag',
    operands: ['[STACK]'],
    options: {
      yes: YES,
      sites: {
        type: 'string',
        value: 'HOSTS',
        help: 'Host names to count, with commas between (default: the settings)',
      },
      endpoint: { type: 'string', value: 'KIND', help: 'function-url (the default), rest-api or cloudfront' },
      domain: { type: 'string', value: 'HOST', help: 'Own host name, for cloudfront' },
      certificate: { type: 'string', value: 'ARN', help: 'Its certificate in us-east-1, for cloudfront' },
      'keep-days': { type: 'string', value: 'DAYS', help: 'Days a hit stays in the table (default 365)' },
      billing: {
        type: 'string',
        value: 'MODE',
        help: 'provisioned (the default): fixed and free up to 25 units; on-demand: billed by the hit',
      },
      'write-capacity': {
        type: 'string',
        value: 'UNITS',
        help: 'Hits a second, provisioned (default 25: free)',
      },
      'read-capacity': {
        type: 'string',
        value: 'UNITS',
        help: 'Blocks of 4 KB read a second, provisioned (default 25: free)',
      },
      'max-writes': {
        type: 'string',
        value: 'UNITS',
        help: 'Hits a second at most, on demand (default 100)',
      },
      'reserved-concurrency': {
        type: 'string',
        value: 'COPIES',
        help: 'Copies of the function at most, for 10 requests a second each (default: no limit)',
      },
      'alarm-email': { type: 'string', value: 'ADDRESS', help: 'Whom AWS writes to when hits are lost' },
      'permissions-boundary': { type: 'string', value: 'ARN', help: 'IAM policy that bounds new roles' },
      for: TOOL,
      ...AWS,
      ...FOLDER,
    },
    load: async () => (await import('./commands/aws-deploy.ts')).runAwsDeploy,
  },
  'aws status': {
    summary: 'Say how the AWS home is: its stack, newest hit, hits not pulled yet, hits lost',
    operands: ['[STACK]'],
    options: { ...AWS, ...FOLDER },
    load: async () => (await import('./commands/aws-status.ts')).runAwsStatus,
  },
  'aws cost': {
    summary: 'Project what the AWS home costs this month, from what it did so far',
    operands: ['[STACK]'],
    options: { json: JSON_OUT, ...AWS, help: HELP },
    load: async () => (await import('./commands/aws-cost.ts')).runAwsCost,
  },
  'aws pull': {
    summary: 'Copy what is in the table on AWS into the data folder; STACK or table/NAME',
    operands: ['[STACK]'],
    options: { 'units-per-second': PACE['units-per-second'], ...AWS, ...FOLDER },
    load: async () => (await import('./commands/aws-pull.ts')).runAwsPull,
  },
  'aws destroy': {
    summary: 'Remove the AWS home; its table stays unless told otherwise',
    operands: ['[STACK]'],
    options: {
      yes: YES,
      table: { type: 'boolean', help: 'Remove the table and all its hits, too' },
      ...AWS,
      help: HELP,
    },
    load: async () => (await import('./commands/aws-destroy.ts')).runAwsDestroy,
  },
}

/** A command that was named, and the words behind its name. */
export interface Named {
  readonly name: string
  readonly command: Command
  readonly rest: readonly string[]
}

/** Finds the command whose name begins `words`, the longer name first; null where there is none. */
export function findCommand(words: readonly string[]): Named | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command !== undefined) return { name, command, rest: words.slice(length) }
  }
  return null
}

/** Whether commands of two words begin with this one. */
export function isGroup(word: string): boolean {
  return Object.keys(COMMANDS).some((name) => name.startsWith(`${word} `))
}
