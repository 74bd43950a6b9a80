import { type Database, openDatabase, openStrandedLanes, takeTurns } from '@posthorn/db'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const GATE = 1

/**
 * A connection whose statements stop at `now()`, that is between their snapshot and their first lock, for as
 * long as somebody holds the gate.
 */
async function openGatedDatabase(pipeline: Pipeline): Promise<Database> {
  await pipeline.db.hot.query(`
    CREATE SCHEMA gated;
    CREATE FUNCTION gated.now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${GATE});
      RETURN pg_catalog.now();
    END $$`)
  const gated = openDatabase({ url: pipeline.config.database.url, hotConnections: 1 })
  await gated.hot.query('SET search_path = gated, pg_catalog, public')
  return gated
}

async function holdGate({ db }: Pipeline): Promise<() => Promise<void>> {
  const client = await db.hot.connect()
  await client.query('SELECT pg_advisory_lock($1)', [GATE])
  return async () => {
    await client.query('SELECT pg_advisory_unlock($1)', [GATE])
    client.release()
  }
}

async function untilSomebodyWaitsAtTheGate({ db }: Pipeline): Promise<void> {
  await waitFor('a statement at the gate', async () => {
    const { rowCount } = await db.hot.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
    )
    return rowCount === 1
  })
}

async function takeTurn(db: Database, room = 10): Promise<string[]> {
  const options = {
    horizonSeconds: 1,
    probeSeconds: 30,
    room,
    endpointRoom: room,
    busy: [],
    full: [],
  }
  const taken = await takeTurns(db.hot, options, { worker: 'test', seconds: 60 })
  return taken.map((row) => row.messageId)
}

/** An endpoint with a rate, and no worker: what is published waits for its turn. */
async function startQuietLane(url = 'https://receiver.example/') {
  const pipeline = await startPipeline({ arrangement: 'postgres' })
  await pipeline.stopWorker()
  await pipeline.addEndpoint(url, { rate: 100 })
  return pipeline
}

describe('a lane that somebody empties', () => {
  it('stays open for what entered it after the snapshot that found it empty', async () => {
    await using pipeline = await startQuietLane()
    await using gated = await openGatedDatabase(pipeline)
    const first = await pipeline.publish()
    const openGate = await holdGate(pipeline)
    const emptying = takeTurn(gated)
    await untilSomebodyWaitsAtTheGate(pipeline)
    const second = await pipeline.publish()
    await openGate()
    expect(await emptying).toEqual([first])
    const later: string[] = []
    await waitFor('the second one', async () => {
      later.push(...(await takeTurn(pipeline.db)))
      return later.length > 0
    })
    expect(later).toEqual([second])
  })
})

describe('lanes that come to their turn together', () => {
  it('share the room, however much each may take, and what one may not use is the next one’s', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await pipeline.stopWorker()
    for (const rate of [100, 100, 1]) {
      await pipeline.addEndpoint('https://receiver.example/', { rate })
    }
    const messages: string[] = []
    for (let n = 0; n < 4; n++) messages.push(await pipeline.publish())
    const taken = Map.groupBy(await takeTurn(pipeline.db, 7), (id) => messages.indexOf(id))
    expect([...taken.values()].map((ids) => ids.length)).toEqual([3, 2, 2])
  })
})

describe('a lane that is closed though a delivery waits in it', () => {
  async function strand({ db }: Pipeline): Promise<void> {
    await db.hot.query('UPDATE endpoint_state SET next_turn_at = NULL, lane = false')
  }

  it('is opened once, and one that is open or empty is left alone', async () => {
    await using pipeline = await startQuietLane()
    await pipeline.addEndpoint('https://other.example/', { rate: 100 })
    await pipeline.publish()
    expect(await openStrandedLanes(pipeline.db.hot)).toBe(0)
    // There is room for one: the other's delivery waits on.
    expect(await takeTurn(pipeline.db, 1)).toHaveLength(1)
    await strand(pipeline)
    expect(await openStrandedLanes(pipeline.db.hot)).toBe(1)
    expect(await openStrandedLanes(pipeline.db.hot)).toBe(0)
  })

  it('is found by the worker that leads', async () => {
    await using receiver = await startReceiver()
    await using pipeline = await startQuietLane(receiver.url)
    const id = await pipeline.publish()
    await strand(pipeline)
    await pipeline.startAnotherWorker()
    await pipeline.untilStatus(id, 'delivered')
    expect(receiver.of(id)).toHaveLength(1)
  })
})
