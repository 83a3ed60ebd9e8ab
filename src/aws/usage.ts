import type { Endpoint, Usage } from './cost.ts'
import { MONTH_HOURS, PRICES } from './prices.ts'

/** How hits are kept, as far as it costs. */
export interface Design {
  readonly endpoint: Endpoint
  readonly billing: 'provisioned' | 'on-demand'
  readonly keepDays: number
  readonly hit: HitUnits
}

/** What one hit takes. */
export interface HitUnits {
  readonly writeUnits: number
  /** As DynamoDB counts an item. */
  readonly itemBytes: number
  /** Billed time of the function, starts spread over all hits. */
  readonly billedMs: number
  /** The answer with its headers. */
  readonly sentBytes: number
  /** What Lambda writes to the log about it. */
  readonly logBytes: number
}

/**
 * Headcount's own: one write unit, asserted on a real table for 1,000 sets of headers, and an item as large as the mean
 * of real browsers' (tested). The time is ten times what the function took in AWS's own runtime client (`npm run bench --
 * lambda`): with 128 MB Lambda gives it a small part of a processor, and its starts are in it.
 */
export const OUR_HIT: HitUnits = { writeUnits: 1, itemBytes: 400, billedMs: 20, sentBytes: 500, logBytes: 0 }

/** The design of the blog post: all headers kept (2 KB), and Lambda's three log lines. */
export const BLOG_HIT: HitUnits = { ...OUR_HIT, writeUnits: 2, itemBytes: 2_048, logBytes: 400 }

/** The design that a template's parameters ask for. */
export function designOf(parameters: ReadonlyMap<string, string>): Design {
  const endpoint = parameters.get('Endpoint')
  return {
    endpoint: endpoint === 'rest-api' || endpoint === 'cloudfront' ? endpoint : 'function-url',
    billing: parameters.get('BillingMode') === 'on-demand' ? 'on-demand' : 'provisioned',
    keepDays: Number(parameters.get('KeepDays') ?? 365),
    hit: OUR_HIT,
  }
}

const MONTH_SECONDS = MONTH_HOURS * 3_600
const MONTH_DAYS = MONTH_HOURS / 24
/** Memory of the function. */
export const FUNCTION_GB = 0.125
const GB = 1e9
/** Readers come by day: capacity for twice the mean rate, and DynamoDB saves up five minutes of it for peaks. */
const PEAK = 2

/** What `hits` a month take, once the table is as full as it gets. */
export function usageOf({ endpoint, billing, keepDays, hit }: Design, hits: number): Usage {
  const writeUnits = hits * hit.writeUnits
  const itemBytes = hit.itemBytes + PRICES.dynamoDb.itemOverheadBytes
  const needed = Math.ceil((writeUnits / MONTH_SECONDS) * PEAK)
  return {
    endpoint,
    requests: hits,
    gbSeconds: (hits * hit.billedMs * FUNCTION_GB) / 1_000,
    capacity: billing === 'on-demand' ? null : { writeUnits: Math.max(25, needed), readUnits: 25 },
    writeUnits,
    // Each hit is read once, in blocks of 4 KB, each for half a unit.
    readUnits: (hits * hit.itemBytes) / 4_096 / 2,
    storedGb: (hits * (keepDays / MONTH_DAYS) * itemBytes) / GB,
    sentGb: (hits * hit.sentBytes) / GB,
    logGb: (hits * hit.logBytes) / GB,
  }
}

/** An attack that keeps the function as busy as the account lets it be, all month. */
export interface Attack {
  /** How many copies of the function may run at once: reserved for it, or the account's limit. */
  readonly concurrency: number
  readonly writeCapacity: number
  readonly keepDays: number
}

/** The most that one write unit takes: an attacker fills it. */
const ITEM_BYTES_MAX = 1_024

/** Requests a second that reach a function for each of its copies; further ones are answered 429 and not billed. */
const REQUESTS_PER_COPY = 10

/** The most that an attack takes: every copy of the function busy every second, the table as full as its capacity lets it be. */
export function usageUnder({ concurrency, writeCapacity, keepDays }: Attack): Usage {
  const requests = concurrency * REQUESTS_PER_COPY * MONTH_SECONDS
  const writeUnits = Math.min(requests, writeCapacity * MONTH_SECONDS)
  const itemBytes = ITEM_BYTES_MAX + PRICES.dynamoDb.itemOverheadBytes
  return {
    endpoint: 'function-url',
    requests,
    gbSeconds: concurrency * FUNCTION_GB * MONTH_SECONDS,
    capacity: { writeUnits: writeCapacity, readUnits: 25 },
    writeUnits,
    readUnits: 0,
    // At the end of one month of it.
    storedGb: (writeUnits * Math.min(1, keepDays / MONTH_DAYS) * itemBytes) / GB,
    sentGb: (requests * OUR_HIT.sentBytes) / GB,
    logGb: 0,
  }
}
