/** Every limit that a person can meet, with its unit; `docs/limits.md` says what happens at each (tested). */
export const LIMITS = {
  /** Request line and headers together; above it the answer is 431 and the connection is closed. */
  requestHeadBytesMax: 16_384,
  /** Body of a POST. */
  bodyBytesMax: 65_536,
  /** A raw hit as stored, without line end or key; what does not fit is dropped in a fixed order. */
  rawHitBytesMax: 944,
  pathBytesMax: 512,
  referrerBytesMax: 512,
  /** Where an event's link leads: host and path. */
  targetBytesMax: 512,
  eventNameBytesMax: 64,
  /** Source, medium and campaign, each. */
  campaignBytesMax: 128,
  sitesMax: 1_000,
  unknownHostsShownMax: 100,
  /** A part of the hot log closes at this size or at the end of its hour. */
  chunkBytesMax: 67_108_864,
  /** Hits that wait for a batch; above it `append` rejects with LOG_FULL and the answer is 503. */
  queueHitsMax: 16_384,
  /** A hit that is not durable by then is answered 503; it may still be kept. */
  durableWithinMs: 1_000,
  /** Tries to write a hit to the table on AWS, and the time for all of them; then the answer is 503. */
  tableTriesMax: 5,
  tableWithinMs: 2_000,
  /** `[[annotation]]` tables in the settings, and the characters of one. */
  annotationsMax: 500,
  annotationCharactersMax: 80,
  /** Characters of a badge's label. */
  badgeLabelCharactersMax: 64,
  /** Seconds that a badge's number may be old. */
  badgeSeconds: 10,
  /** Numbers of badges that are remembered for that time. */
  badgesRememberedMax: 1_000,
  /** Rows of each list that a letter reads to find what is notable, and what it names of each sort. */
  letterRowsRead: 200,
  notablesMax: 5,
  topRowsShown: 10,
  /** Rows of a list that fills a page of the dashboard. */
  listRowsShown: 100,
  topRowsMax: 1_000,
  filterValuesMax: 64,
  /** Rows of a list that can be reached by paging. */
  listRowsMax: 100_000,
  /** Days of a series by hours. */
  hourlyDaysMax: 93,
  /** Rows of the lists of roll-ups that the worker holds in memory; those of further ones are read from their files. */
  heldRollupRowsMax: 1_000_000,
  periodYearsMax: 5,
  /** Rows of one segment; compaction never merges beyond it. */
  segmentRowsMax: 1_000_000,
  /** Addresses that flood control remembers at once. */
  floodAddressesMax: 65_536,
  /** Seconds from SIGTERM to exit. */
  shutdownSeconds: 5,
  /** Seconds for a request's line and headers to arrive; then 408. */
  headSeconds: 10,
  /** Seconds for a whole request to arrive, its body included; then 408. */
  requestSeconds: 20,
  /** Seconds that a connection may stay open without a request. */
  keepAliveSeconds: 60,
  /** Open connections; further ones are closed at once. */
  connectionsMax: 16_384,
  /** Seconds for the answer to a question; then it is given up and the answer is 503. */
  questionSeconds: 30,
  /** Memory of the database that answers questions; one that needs more fails, and the answer is 503. */
  questionMemoryMbMax: 512,
  /** Exports over HTTP at once; further ones are answered 503. */
  exportsMax: 2,
  /** Answers that are kept while no hit comes: of reports, of ledgers, of lists of sites and of last hours, each. */
  answersBytesMax: 8_388_608,
  /** Seconds without work after which the worker ends. */
  workerIdleSeconds: 30,
  /** JavaScript heap of the worker. */
  workerHeapMiBMax: 512,
  /** Characters of the dashboard's password. */
  passwordCharactersMin: 10,
  passwordCharactersMax: 1_024,
  /** Tries of the dashboard's password, all callers together; above it the answer is 429. */
  loginTriesPerMinute: 10,
  /** Tokens of the API. */
  tokensMax: 64,
  /** Links that show a site. */
  sharesMax: 64,
  /** Requests to the API, for each token, for all sessions and for everybody else together; above it the answer is 429. */
  apiRequestsPerMinute: 600,
  /** Hits in the body of one `POST /api/v1/hits`. */
  sentHitsMax: 500,
  /** Its body. */
  sentBodyBytesMax: 1_048_576,
  /** How long ago a hit may have been when it is sent; also how long an idempotency key is remembered. */
  sentHoursMax: 24,
  /** Idempotency keys that are remembered at once; the oldest goes first. */
  idempotencyKeysMax: 10_000,
  /** Sites, aliases and other settings of the function on AWS together. */
  functionSettingsBytesMax: 3_500,
  /** Keys that a pull holds of items of hours which have not closed; above it their hits wait until those have. */
  pullKeysMax: 1_000_000,
  /** Of a page whose tag is checked, this much is read. */
  checkPageBytesMax: 2_097_152,
  /** Seconds for that page, and for each answer to one of its tags. */
  checkSeconds: 10,
  checkRedirectsMax: 5,
  /** Tags of that page that are looked at. */
  checkTagsMax: 32,
} as const
