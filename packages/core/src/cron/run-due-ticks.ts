import { hash } from 'node:crypto'
import { inTransaction, isDatabaseAway } from '@posthorn/db'
import { advanceSchedule, type DueTick, findDueTicks, insertTickRecord } from '@posthorn/db/ingest'
import { newId } from '@posthorn/runtime'
import { NotFoundError } from '../errors.ts'
import { publishReceived } from '../source/publish-received.ts'
import type { ReceiveContext } from '../source/receive.ts'
import { holdBody } from '../source/received-body.ts'
import { receivedEventType } from '../source/received-event-type.ts'
import { openReceiving, type ReceivingSource } from '../source/receiving-source.ts'
import { countTicks, CRON_TYPE, type CronSettings, cronSettingsOf, nextTickMs } from './schedule.ts'

type Context = Pick<
  ReceiveContext,
  'db' | 'clock' | 'vault' | 'writer' | 'snapshots' | 'eventTypes'
>

/** Later than this a tick was missed: everything was down. */
const LATE_MS = 60_000
const KEY_SECONDS = 30 * 86_400

/**
 * Publishes what is due, once per tick: the tick's time is the key of its message, and only then does the
 * schedule go on, so a process that dies in between, or two at once, publish nothing twice. Answers how many
 * were due. One that fails stays due, and keeps the others waiting only where the store is away.
 *
 * @throws {AggregateError} why some failed
 */
export async function runDueTicks(ctx: Context): Promise<number> {
  const due = await findDueTicks(ctx.db)
  const failures: unknown[] = []
  for (const tick of due) {
    try {
      await runTick(ctx, tick)
    } catch (err) {
      if (isDatabaseAway(err)) throw err
      failures.push(err)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Ticks failed.')
  return due.length
}

async function runTick(ctx: Context, tick: DueTick): Promise<void> {
  const source = openReceiving(ctx, tick.source)
  if (source === null || source.type !== CRON_TYPE) return advance(ctx, tick, ENDED)
  const settings = cronSettingsOf(source.config)
  const nowMs = ctx.clock.nowMs()
  const count = countTicks(settings, { fromMs: tick.atMs, toMs: nowMs })
  const isLate = nowMs - tick.atMs > LATE_MS
  if (!isLate || settings.missed === 'once') {
    const published = publishTick(ctx, { source, settings, tick, isLate })
    if (!(await isThere(published))) return advance(ctx, tick, ENDED)
  }
  await advance(ctx, tick, {
    nextMs: nextTickMs(settings, isLate ? nowMs : tick.atMs),
    missed: isLate ? missedText(settings, { count, fromMs: tick.atMs, toMs: nowMs }) : null,
  })
}

const ENDED = { nextMs: null, missed: null }

/** False: the source or its application went meanwhile. */
function isThere(published: Promise<void>): Promise<boolean> {
  return published.then(
    () => true,
    (err: unknown) => {
      if (err instanceof NotFoundError) return false
      throw err
    },
  )
}

function missedText(
  { missed }: CronSettings,
  {
    count,
    fromMs,
    toMs,
  }: { readonly count: number; readonly fromMs: number; readonly toMs: number },
): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString())
  const were = count === 1 ? '1 tick was' : `${count} ticks were`
  const became = missed === 'once' ? 'one message stands for them' : 'none was published'
  return `${were} missed from ${from} to ${to}: ${became}.`
}

interface Publishing {
  readonly source: ReceivingSource
  readonly settings: CronSettings
  readonly tick: DueTick
  readonly isLate: boolean
}

async function publishTick(
  ctx: Context,
  { source, settings, tick: { atMs }, isLate }: Publishing,
): Promise<void> {
  const eventType = receivedEventType(CRON_TYPE, undefined)
  await ctx.eventTypes.join(source, eventType)
  const bytes = Buffer.from(settings.payload)
  const { payload, form } = holdBody(bytes)
  await publishReceived(ctx, source, {
    eventType,
    payload,
    part: {
      sourceId: source.id,
      requestId: newId('srcreq_', ctx.clock.nowMs()),
      key: hash('sha256', `tick ${atMs}`, 'buffer'),
      keySeconds: KEY_SECONDS,
      contentType: settings.contentType,
      payloadForm: form,
      original: null,
      reason: isLate ? 'caught_up' : null,
      method: 'CRON',
      path: '/',
      address: '',
      bodyBytes: bytes.byteLength,
      headers: JSON.stringify({ 'scheduled-for': new Date(atMs).toISOString() }),
    },
  })
}

interface Advancing {
  readonly nextMs: number | null
  /** What is told of ticks that were missed. */
  readonly missed: string | null
}

// The record and the advance are one: what was missed is told once, and never silently.
async function advance(ctx: Context, tick: DueTick, { nextMs, missed }: Advancing): Promise<void> {
  const nextAt = nextMs === null ? null : new Date(nextMs)
  await inTransaction(ctx.db, async (tx) => {
    if (!(await advanceSchedule(tx, tick, nextAt)) || missed === null) return
    const id = newId('srcreq_', ctx.clock.nowMs())
    const sourceId = tick.source.id
    await insertTickRecord(tx, { sourceId, id, reason: 'missed', detail: missed })
  })
}
