import { createHmac } from 'node:crypto'
import { Pool } from 'undici'
import type { Endpoint, Endpoints } from './endpoints.ts'
import type { ClaimedDelivery } from './message.ts'
import type { Attempt } from './record-attempts.ts'

const MAX_IN_FLIGHT = 128
const TIMEOUT_MS = 15_000

export type SenderOptions = { endpoints: Endpoints; record: (attempt: Attempt) => Promise<void> }

/** Signs and sends what was claimed, so many at a time; what is over waits in memory. */
export class Sender {
  readonly #options: SenderOptions
  readonly #pools = new Map<string, Pool>()
  #waiting: ClaimedDelivery[] = []
  #next = 0
  #inFlight = 0
  #onRoom: (() => void)[] = []

  constructor(options: SenderOptions) {
    this.#options = options
  }

  push(deliveries: readonly ClaimedDelivery[]): void {
    for (const delivery of deliveries) this.#waiting.push(delivery)
    this.#pump()
  }

  /** Resolves when less is waiting than may be in flight: then the next batch may be claimed. */
  async room(): Promise<void> {
    while (this.#waiting.length - this.#next >= MAX_IN_FLIGHT) {
      await new Promise<void>((resolve) => this.#onRoom.push(resolve))
    }
  }

  #pump(): void {
    while (this.#inFlight < MAX_IN_FLIGHT) {
      const delivery = this.#waiting[this.#next]
      if (delivery === undefined) break
      this.#next++
      this.#inFlight++
      void this.#deliver(delivery).finally(() => {
        this.#inFlight--
        this.#pump()
      })
    }
    this.#trim()
  }

  #trim(): void {
    if (this.#next > 1024 || this.#next === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next)
      this.#next = 0
    }
    if (this.#waiting.length - this.#next >= MAX_IN_FLIGHT) return
    for (const wake of this.#onRoom.splice(0)) wake()
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const endpoint = await this.#options.endpoints.get(delivery.endpointId)
    const startedMs = performance.now()
    const { status, response } = await this.#send(endpoint, delivery)
    const durationMs = performance.now() - startedMs
    const { messageId, endpointId } = delivery
    // Like the product: the slot is free once the answer is known, the record follows in its group.
    void this.#options.record({ messageId, endpointId, status, durationMs, response })
  }

  async #send(
    endpoint: Endpoint,
    delivery: ClaimedDelivery,
  ): Promise<{ status: number; response: string }> {
    try {
      const { statusCode, body } = await this.#poolOf(endpoint.url.origin).request({
        method: 'POST',
        path: endpoint.url.pathname,
        headers: signedHeaders(endpoint, delivery),
        body: delivery.payload,
      })
      return { status: statusCode, response: await body.text() }
    } catch (err) {
      return { status: 0, response: String(err) }
    }
  }

  #poolOf(origin: string): Pool {
    const found = this.#pools.get(origin)
    if (found !== undefined) return found
    const pool = new Pool(origin, {
      connections: MAX_IN_FLIGHT,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    this.#pools.set(origin, pool)
    return pool
  }
}

function signedHeaders(
  endpoint: Endpoint,
  { messageId, payload }: ClaimedDelivery,
): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000)
  const signed = createHmac('sha256', endpoint.key).update(`${messageId}.${timestamp}.${payload}`)
  return {
    'content-type': 'application/json',
    'user-agent': 'bare-baseline',
    'webhook-id': messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signed.digest('base64')}`,
  }
}
