import type { VerdictRule } from './verdict.ts'
import { OPENED, OPT_OUT, PURPOSE } from './verdict.ts'

/** The closed table: every way to be refused, in the order it is tried. */
export const VERDICT_RULES: readonly VerdictRule[] = [
  {
    verdict: 'malformed',
    header: null,
    condition: '`?p=` holds a control character',
    decides: 'collect',
  },
  {
    verdict: 'malformed',
    header: null,
    condition:
      'it is an event whose name holds more than letters, digits, `-`, `_` and `.`, or the client’s address',
    decides: 'collect',
  },
  {
    verdict: 'malformed',
    header: 'ping-to',
    condition: 'of a ping is no web address, or its type is not `text/ping`',
    decides: 'collect',
  },
  {
    verdict: 'malformed',
    header: null,
    condition:
      'it is a policy’s report of something else than a `data:` resource or frame, or of more than 64 KiB',
    decides: 'collect',
  },
  ...OPENED,
  {
    verdict: 'unknown-site',
    header: null,
    condition: 'the site it names is not one of `sites` and their `aliases`, or it names none of several',
    decides: 'collect',
  },
  {
    verdict: 'flood',
    header: null,
    condition: 'its public address sent more than `flood_per_minute`',
    decides: 'collect',
  },
  ...OPT_OUT,
  {
    verdict: 'ignored',
    header: null,
    condition: 'its address is one of `ignore_addresses`',
    decides: 'collect',
  },
  {
    verdict: 'ignored',
    header: null,
    condition: 'its page stands on one of `ignore_hosts`',
    decides: 'collect',
  },
  ...PURPOSE,
  {
    verdict: 'bot',
    header: 'user-agent',
    condition: 'is a known bot’s',
    decides: 'derive',
  },
  {
    verdict: 'bot',
    header: null,
    condition: 'the site it says it comes from is a known referrer spammer’s',
    decides: 'derive',
  },
]
