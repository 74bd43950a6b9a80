import { listEndpointAttempts } from '@posthorn/core'
import { listPartitions } from '@posthorn/db'
import { firstIdAt, newId } from '@posthorn/runtime'
import { seedAttempts, seedDeliveries, seedMessage, waitFor } from '@posthorn/test-kit'
import { keepPartitions } from '../src/maintenance/upkeep.ts'
import type { Pipeline } from './pipeline.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
const MONDAY_MS = 4 * DAY_MS
const RETENTION_DAYS = 90

/** Those that publishes and attempts go to. */
const MESSAGE_TABLES = ['message', 'delivery', 'attempt'] as const

/** As an installation looks whose upkeep stood still: a week that ended 91 days ago, and none after this one. */
export async function ageWeeks(pipeline: Pipeline): Promise<void> {
  const nowMs = Date.now()
  for (const table of MESSAGE_TABLES) {
    for (const { name, endsAtMs } of await listPartitions(pipeline.db.hot, table))
      if (endsAtMs > weekStart(nowMs) + WEEK_MS) await pipeline.db.hot.query(`DROP TABLE ${name}`)
    await addWeek(pipeline, table, weekStart(nowMs - (RETENTION_DAYS + 8) * DAY_MS))
  }
}

export async function dropAllWeeks(pipeline: Pipeline): Promise<void> {
  for (const table of MESSAGE_TABLES)
    for (const { name } of await listPartitions(pipeline.db.hot, table))
      await pipeline.db.hot.query(`DROP TABLE ${name}`)
}

/** A message of the old week with an attempt from back then, and one of this week with an attempt and a resend. */
export async function seedHistory(pipeline: Pipeline, endpointId: string) {
  const nowMs = Date.now()
  const old = await seedOne(pipeline, endpointId, nowMs - (RETENTION_DAYS + 8) * DAY_MS)
  const recent = await seedOne(pipeline, endpointId, nowMs)
  const [resend = ''] = await seedAttempts(pipeline.db.hot, pipeline.app, [
    { messageId: recent.messageId, endpointId, trigger: 'manual' },
  ])
  return { old, recent: { ...recent, resend } }
}

/** The ids of all attempts of an endpoint, as its list gives them page by page. */
export async function walkAttempts(pipeline: Pipeline, endpointId: string): Promise<string[]> {
  const ids: string[] = []
  let iterator: string | undefined
  for (;;) {
    const page = await listEndpointAttempts(
      { ...pipeline.core, deliverySettings: { retrySchedule: [] } },
      pipeline.scope,
      { endpoint: endpointId, page: { limit: 50, iterator }, ...EVERYTHING },
    )
    ids.push(...page.items.map(({ attempt }) => attempt.id))
    if (page.done || page.iterator === null) return ids
    iterator = page.iterator
  }
}

const EVERYTHING = { filter: {}, withContent: false, withMessage: false }

/** How many weeks of each table were made and dropped, by as many rounds as it takes: one gives way to a publish that holds a lock. */
export async function runUpkeep(pipeline: Pipeline) {
  const [made, dropped]: [string[], string[]] = [[], []]
  await waitFor('a week of each table dropped', async () => {
    const round = await keepPartitions({ ...pipeline.core, retentionDays: RETENTION_DAYS })
    made.push(...round.made)
    dropped.push(...round.dropped)
    return round.made.length === 0 && dropped.length >= MESSAGE_TABLES.length
  })
  return { made: countByTable(made), dropped: countByTable(dropped) }
}

function countByTable(partitions: readonly string[]) {
  const countOf = (table: string) =>
    partitions.filter((name) => name.startsWith(`${table}_w`)).length
  return Object.fromEntries(MESSAGE_TABLES.map((table) => [table, countOf(table)]))
}

/**
 * Publishes at 200 a second until stopped; answers how long each publish took, and beside it a statement
 * that needs no table: as late as that, the machine makes anything.
 */
export function publishSteadily(pipeline: Pipeline) {
  const publish = timeEvery5Ms(() => pipeline.publish())
  const idle = timeEvery5Ms(() => pipeline.db.hot.query('SELECT 1'))
  let [fromPublish, fromIdle] = [0, 0]
  return {
    published: () => publish.tookMs.length,
    /** What comes from here on is judged: before, connections are made and plans. */
    judge(): void {
      ;[fromPublish, fromIdle] = [publish.tookMs.length, idle.tookMs.length]
    },
    judged: () => publish.tookMs.length - fromPublish,
    /** The longest of those judged, and the longest of the statements beside them. */
    async stop(): Promise<{ latestMs: number; stallMs: number }> {
      await Promise.all([publish.stop(), idle.stop()])
      return {
        latestMs: Math.max(...publish.tookMs.slice(fromPublish)),
        stallMs: Math.max(...idle.tookMs.slice(fromIdle)),
      }
    },
  }
}

function timeEvery5Ms(work: () => Promise<unknown>) {
  const tookMs: number[] = []
  const running: Promise<void>[] = []
  const timer = setInterval(() => {
    const beganAtMs = performance.now()
    running.push(work().then(() => void tookMs.push(performance.now() - beganAtMs)))
  }, 5)
  return {
    tookMs,
    async stop(): Promise<void> {
      clearInterval(timer)
      await Promise.all(running)
    },
  }
}

async function seedOne(pipeline: Pipeline, endpointId: string, atMs: number) {
  const messageId = await seedMessage(pipeline.db.hot, pipeline.app, { atMs })
  await seedDeliveries(pipeline.db.hot, pipeline.app, [{ messageId, endpointId }])
  const [attempt = ''] = await seedAttempts(pipeline.db.hot, pipeline.app, [
    { messageId, endpointId, id: newId('atmpt_', atMs) },
  ])
  return { messageId, attempt }
}

function weekStart(atMs: number): number {
  return Math.floor((atMs - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS
}

async function addWeek(pipeline: Pipeline, table: string, weekMs: number): Promise<void> {
  const name = `${table}_w${new Date(weekMs).toISOString().slice(0, 10).replaceAll('-', '')}`
  const [from, to] = [firstIdAt('msg_', weekMs), firstIdAt('msg_', weekMs + WEEK_MS)]
  await pipeline.db.hot.query(
    `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`,
  )
}
