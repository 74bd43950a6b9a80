import type { Database } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import { OverloadedError } from '../errors.ts'
import { type MatchedMessage, MessageWriter } from './message-writer.ts'

const BIG = 3 * 1024 * 1024

/** A writer whose store takes big messages only when told, and small ones at once. */
function setup() {
  const held = Promise.withResolvers<void>()
  let bigUnderWay = 0
  const query = async ({ values }: { readonly values: readonly unknown[] }) => {
    const bytes = values.filter((value) => Buffer.isBuffer(value)).map((value) => value.length)
    if (Math.max(...bytes) > BIG) {
      bigUnderWay++
      await held.promise
    }
    return { rows: [] }
  }
  // All that the writer asks of its store.
  const db = { hot: { query } } as unknown as Database
  const clock = { nowMs: () => 0 }
  const dispatch = {
    dispatch: () => undefined,
    roomForLease: () => 0,
    dispatchLease: () => undefined,
  }
  const writer = new MessageWriter({ db, clock, dispatch, localDelivery: null })
  return { writer, release: held.resolve, bigUnderWay: () => bigUnderWay }
}

function message(id: string, bytes: number): MatchedMessage {
  const nothing = {
    eventId: null,
    channels: [],
    tags: [],
    payloadSeconds: null,
    schemaErrors: null,
    unmatched: null,
    idempotency: null,
  }
  return {
    message: {
      ...nothing,
      id,
      appId: 'app',
      appVersion: '1',
      eventType: 'a',
      payload: 'x'.repeat(bytes),
      publisher: 'p',
    },
    endpoints: [],
  }
}

describe('MessageWriter', () => {
  it('writes small messages while big ones are still being written', async () => {
    const { writer, release, bigUnderWay } = setup()
    const big = [writer.write(message('b1', BIG)), writer.write(message('b2', BIG))]
    expect(await writer.write(message('s', 10))).toBeNull()
    expect(bigUnderWay()).toBeGreaterThan(0)
    release()
    expect(await Promise.all(big)).toEqual([null, null])
  })

  it('has two big ones under way, eight waiting, and refuses more, small ones never', async () => {
    const { writer, release, bigUnderWay } = setup()
    const written = Array.from({ length: 2 }, (_, n) => writer.write(message(`a${n}`, BIG)))
    await writer.write(message('s1', 10))
    const waiting = Array.from({ length: 8 }, (_, n) => writer.write(message(`b${n}`, BIG)))
    await expect(writer.write(message('c', BIG))).rejects.toBeInstanceOf(OverloadedError)
    expect(await writer.write(message('s2', 10))).toBeNull()
    expect(bigUnderWay()).toBe(2)
    release()
    expect(await Promise.all([...written, ...waiting])).toEqual(Array(10).fill(null))
  })
})
