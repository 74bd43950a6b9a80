const API_LIMITS: readonly (readonly [of: string, limit: string])[] = [
  ['request body', '2 MB, 200 levels of JSON'],
  ['request line and headers', '16 kB together'],
  ['a request', '60 seconds, its headers 20'],
  [
    'requests of one credential',
    "1,000 a second in each process (`POSTHORN_API_RATE_LIMIT`), twice that at once; publishes aren't counted",
  ],
  [
    'publishes that wait for a commit',
    '10,000 or 64 MB in each process; beyond it 503 with `Retry-After`',
  ],
  [
    'a statement in the database',
    '10 seconds; a lock or a connection is waited for 5; beyond it 503 with `Retry-After`',
  ],
  [
    'URL of an endpoint',
    `2,048 characters. The SDKs' own document says 65,536: few receivers, and little of what stands before them, take such a line`,
  ],
  ['a reply to a caller who waits', '1 MB, 40 headers of 4,096 characters; kept 10 minutes'],
  ['identifiers, uids, event type names, channels', '256 characters'],
  ['names, descriptions', '1,024 and 16,384 characters'],
  ['channels, tags of a message', '10, 5; a tag 128 characters'],
  ['event types, channels of an endpoint', '1,000, 10'],
  ['endpoints of an application', '10,000; beyond it 400 `limit_reached`'],
  ['event types of an organisation', '10,000, archived ones too'],
  ['sources of an organisation', '10,000'],
  ['running tasks of an application', '100'],
  ['alert rules of an organisation', '100; 20 addresses each; 10 tests a minute'],
  [
    'addresses for notices',
    '5 of an application; 10 confirmations a day of it, 3 in seven days to one mailbox',
  ],
  ['examples sent to one endpoint', '20 a minute (each api process), then 429'],
  ['headers of an endpoint', '40, a value 4,096 bytes, together 16,384 bytes'],
  ['metadata', '4,096 bytes as JSON'],
  ['schemas of an event type', '256 kB; one schema 64 kB, 50 levels'],
  ['rate limit', '1 to 65,535 messages a second'],
  [
    'retry schedule of an endpoint',
    "20 waits of 1 s to 30 days; `[]` is one attempt, `null` the installation's",
  ],
  ['former secrets that sign beside the current one', '10, at most 7 days'],
  [
    'secret',
    '`whsec_` with 24–75 bytes, or `whsk_` with the 64 bytes of an ed25519 key, in base64',
  ],
  [
    'payload retention',
    'of a message 1 to 90 days, or 1 to 2,160 hours; of an application at most the days of the installation',
  ],
  ['recover, replay-missing, bulk-replay', '14 days back to `until`'],
  [
    'statistics of an endpoint',
    '28 days; `canceled` among the newest 20,000 deliveries of that time',
  ],
  [
    'page',
    '250 items and 8 MB of payloads; a filter takes 250 event types, and looks at 5,000 rows at most',
  ],
  ['idempotency key', '256 characters, 12 hours'],
  ['portal token', '1 hour to 7 days; less where the API key that makes it expires before'],
  [`kept of a receiver's answer`, '20,000 bytes of body, 64 headers of 1,024 characters'],
]

/** All that is bounded, as the API document states it: a table in Markdown. */
export function describeLimits(): string {
  const rows = API_LIMITS.map(([of, limit]) => `| ${of} | ${limit} |`)
  return ['| | |', '| --- | --- |', ...rows].join('\n')
}
