import { attemptScanSql, endpointDeliveryScanSql, messageScanSql } from '@posthorn/db'
import { newestAttemptsSql } from '@posthorn/db/endpoint-care'
import { weekStart } from '@posthorn/db/staff'
import {
  seedAttempts,
  seedDeliveries,
  seedEndpoint,
  seedMessages,
  type SeededApplication,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupReading } from './reading-setup.ts'

const DAY_MS = 86_400_000
const COUNT = 4_000
// Whole weeks: of the few rows of a week just begun a scan may well be the cheapest.
const SEEDED_MS = 21 * DAY_MS
const NEWEST = { order: 'descending', take: 500 } as const
const MESSAGES = { ...NEWEST, after: 'msg_', before: 'msg_~' }
const ATTEMPTS = { ...NEWEST, after: 'atmpt_', before: 'atmpt_~' }
const FILTER = { channel: 'eu', eventTypes: ['invoice.paid'] }

// Partitions of weeks to come are empty, and an empty one may be scanned: it costs nothing.
const WIDE_SCAN = /Seq Scan .*cost=\S+\.\.(?!0\.00)/

const OUT_OF_ORDER = /\bSort\b(?! Key)|Hash|Bitmap/

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

const LISTS: readonly {
  readonly name: string
  readonly merge: RegExp
  readonly statement: (
    app: SeededApplication,
    endpointId: string,
    messageIds: readonly string[],
  ) => Statement
  readonly never?: RegExp
}[] = [
  {
    name: 'messages of an application',
    merge: /Append/,
    statement: (app) => messageScanSql(app, { filter: FILTER, withContent: true }, MESSAGES),
  },
  {
    name: 'deliveries of an endpoint',
    merge: /Append/,
    statement: (app, endpointId) => {
      const filter = { ...FILTER, progress: ['failed'] } as const
      return endpointDeliveryScanSql(app, { endpointId, filter, withContent: true }, MESSAGES)
    },
  },
  {
    name: 'attempts of an endpoint',
    merge: /Merge Append/,
    statement: (app, endpointId) => {
      const filter = { ...FILTER, success: true }
      return attemptScanSql(app, { of: { endpointId }, filter, withMessage: true }, ATTEMPTS)
    },
  },
  {
    name: 'newest attempts at an endpoint by message',
    merge: /_pkey .*\n\s*Index Cond: \(message_id = m\.id\)/,
    // The few attempts of one message may well be sorted; those of the endpoint are not walked for them.
    never: /_endpoint_id_id_idx/,
    statement: (app, endpointId, messageIds) =>
      newestAttemptsSql(app, { endpointId, messageIds: messageIds.slice(0, 50) }),
  },
]

describe.each([false, true])('plans of lists (statistics: %s)', (analyzed) => {
  it.each(LISTS)(
    '$name: index scans, no sort of more than a page, no scan of a whole partition',
    async (list) => {
      await using bench = await setupReading()
      const endpointId = await seedEndpoint(bench.pool, bench.app)
      const seeds = Array.from({ length: COUNT }, (_, n) => ({
        atMs: weekStart(Date.now()) - 1 - (SEEDED_MS * n) / COUNT,
      }))
      const messageIds = await seedMessages(bench.pool, bench.app, seeds)
      const rows = messageIds.map((messageId) => ({ messageId, endpointId }))
      await seedDeliveries(bench.pool, bench.app, rows)
      await seedAttempts(bench.pool, bench.app, rows)
      if (analyzed) await bench.pool.query('ANALYZE message, delivery, attempt')

      const { text, values } = list.statement(bench.app, endpointId, messageIds)
      const lines = await bench.db.prisma.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN ${text}`,
        ...values,
      )
      const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
      expect(plan).toMatch(list.merge)
      expect(
        plan.match(/Index Scan Backward|Bitmap Index Scan/g)?.length ?? 0,
      ).toBeGreaterThanOrEqual(3)
      expect(plan).not.toMatch(list.never ?? OUT_OF_ORDER)
      expect(plan).not.toMatch(WIDE_SCAN)
    },
  )
})
