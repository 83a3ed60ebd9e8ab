/**
 * List prices of AWS in US dollars without tax, for us-east-1, and what of it is free of charge every month for ever
 * (not the offers for new accounts). `docs/aws.md` is computed from this table (tested).
 */
export const PRICES = {
  asOf: '2026-11-23',
  region: 'us-east-1',
  lambda: {
    millionRequests: 0.2,
    /** On arm64. */
    gbSecond: 0.000_013_333_4,
    freeRequests: 1_000_000,
    freeGbSeconds: 400_000,
  },
  dynamoDb: {
    /** On demand. */
    millionWriteUnits: 0.625,
    millionReadUnits: 0.125,
    /** Provisioned; the free units are of this kind alone. */
    writeUnitHour: 0.000_65,
    readUnitHour: 0.000_13,
    freeWriteUnits: 25,
    freeReadUnits: 25,
    gbMonth: 0.25,
    freeGb: 25,
    /** Billed with each item. */
    itemOverheadBytes: 100,
  },
  restApi: { millionRequests: 3.5, millionRequestsBeyond: 2.8, beyond: 333_000_000 },
  cloudFront: { millionRequests: 1, freeRequests: 10_000_000, freeGb: 1_024, gb: 0.085 },
  egress: { gb: 0.09, freeGb: 100 },
  logs: { gb: 0.5, freeGb: 5 },
} as const

/** A month as AWS reckons prices by the hour. */
export const MONTH_HOURS = 730
