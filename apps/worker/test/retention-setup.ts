import { listPartitions, PARTITIONED_TABLES } from '@posthorn/db'
import { firstIdAt, newId } from '@posthorn/runtime'
import { seedAttempts, seedDeliveries, seedMessage } from '@posthorn/test-kit'
import { keepPartitions } from '../src/maintenance/upkeep.ts'
import type { Pipeline } from './pipeline.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
const MONDAY_MS = 4 * DAY_MS
const RETENTION_DAYS = 90

/** As an installation looks whose upkeep stood still: a week that ended 91 days ago, and none after this one. */
export async function ageWeeks(pipeline: Pipeline): Promise<void> {
  const nowMs = Date.now()
  for (const table of PARTITIONED_TABLES) {
    for (const { name, endsAtMs } of await listPartitions(pipeline.db.hot, table))
      if (endsAtMs > weekStart(nowMs) + WEEK_MS) await pipeline.db.hot.query(`DROP TABLE ${name}`)
    await addWeek(pipeline, table, weekStart(nowMs - (RETENTION_DAYS + 8) * DAY_MS))
  }
}

export async function dropAllWeeks(pipeline: Pipeline): Promise<void> {
  for (const table of PARTITIONED_TABLES)
    for (const { name } of await listPartitions(pipeline.db.hot, table))
      await pipeline.db.hot.query(`DROP TABLE ${name}`)
}

/** A message of the old week with an attempt from back then, and one of this week with a resend of today. */
export async function seedHistory(pipeline: Pipeline, endpointId: string) {
  const nowMs = Date.now()
  const old = await seedOne(pipeline, endpointId, nowMs - (RETENTION_DAYS + 8) * DAY_MS)
  const recent = await seedOne(pipeline, endpointId, nowMs)
  return { old, recent }
}

export function runUpkeep(pipeline: Pipeline) {
  return keepPartitions({ ...pipeline.core, retentionDays: RETENTION_DAYS })
}

/** Publishes at 200 a second until stopped; answers how long each publish took. */
export function publishSteadily(pipeline: Pipeline) {
  const tookMs: number[] = []
  const running: Promise<void>[] = []
  const timer = setInterval(() => {
    const beganAtMs = performance.now()
    running.push(pipeline.publish().then(() => void tookMs.push(performance.now() - beganAtMs)))
  }, 5)
  return {
    tookMs,
    async stop(): Promise<readonly number[]> {
      clearInterval(timer)
      await Promise.all(running)
      return tookMs
    },
  }
}

async function seedOne(pipeline: Pipeline, endpointId: string, atMs: number): Promise<string> {
  const messageId = await seedMessage(pipeline.db.hot, pipeline.app, { atMs })
  await seedDeliveries(pipeline.db.hot, pipeline.app, [{ messageId, endpointId }])
  await seedAttempts(pipeline.db.hot, pipeline.app, [
    { messageId, endpointId, id: newId('atmpt_', atMs) },
  ])
  return messageId
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
