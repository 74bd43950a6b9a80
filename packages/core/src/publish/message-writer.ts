import { randomUUID } from 'node:crypto'
import {
  type Database,
  deliveryKey,
  type DeliveryRef,
  insertMessages,
  type NewDelivery,
  type NewMessage,
  type NotStored,
} from '@posthorn/db'
import {
  IN_QUEUE,
  mayShareLease,
  QUEUED_LEASE_SECONDS,
  type QueuedLease,
} from '@posthorn/db/queued-lease'
import {
  type Clock,
  GroupCommit,
  GroupCommitFullError,
  type GroupCommitOptions,
} from '@posthorn/runtime'
import type { ClaimedDelivery } from '../delivery/claimed-delivery.ts'
import type { LocalDelivery } from '../delivery/local-delivery.ts'
import type { SendableEndpoint } from '../delivery/sendable-endpoint.ts'
import { OverloadedError } from '../errors.ts'
import { isDataFault, withPartitions } from './insert-faults.ts'

/** A message with the endpoints it matched, ready to be written. */
export interface MatchedMessage {
  readonly message: Omit<NewMessage, 'deliveries'>
  readonly endpoints: readonly SendableEndpoint[]
}

/** Deliveries that nobody sends yet: dispatch makes it happen soon. Never waited for, never fails a publish. */
export interface Dispatch {
  dispatch(refs: readonly DeliveryRef[]): unknown
  /** How many deliveries may be put under one lease for whoever takes its job. */
  roomForLease(): number
  dispatchLease(lease: QueuedLease & { readonly deliveries: number }): unknown
}

interface WeighedMessage extends MatchedMessage {
  readonly weight: number
}

export interface MessageWriterOptions {
  readonly db: Database
  readonly clock: Clock
  readonly dispatch: Dispatch
  readonly localDelivery: LocalDelivery | null
  /** While batches are big; absent: 3 ms, and each waits them. */
  readonly batching?: Pick<
    GroupCommitOptions<unknown, unknown>,
    'busyWindowMs' | 'startsNextAtOnce'
  >
  readonly onBatch?: (messages: number) => void
}

/**
 * Writes publishes in groups; every answer comes after the commit that holds the message and its deliveries.
 * A big payload is committed alone and beside them, so that small ones never wait for it.
 */
export class MessageWriter implements AsyncDisposable {
  readonly #options: MessageWriterOptions
  readonly #small: GroupCommit<WeighedMessage, NotStored | null>
  readonly #big: GroupCommit<WeighedMessage, NotStored | null>
  #toldOfTurnAtMs = Number.NEGATIVE_INFINITY

  constructor(options: MessageWriterOptions) {
    this.#options = options
    this.#small = this.#open({ ...LIMITS, ...options.batching })
    this.#big = this.#open(BIG_LIMITS)
  }

  /** Null: stored. Otherwise why not. */
  async write(message: MatchedMessage): Promise<NotStored | null> {
    const { payload, received } = message.message
    const bytes = Buffer.byteLength(payload) + (received?.original?.byteLength ?? 0)
    const group = bytes > BIG_PAYLOAD_BYTES ? this.#big : this.#small
    try {
      return await group.add({
        ...message,
        weight: bytes + ROW_WEIGHT * (1 + message.endpoints.length),
      })
    } catch (err) {
      if (err instanceof GroupCommitFullError)
        throw new OverloadedError('Too many messages wait to be stored: try again.')
      throw err
    }
  }

  get waiting(): number {
    return this.#small.waiting + this.#big.waiting
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#small[Symbol.asyncDispose](), this.#big[Symbol.asyncDispose]()])
  }

  #open(limits: typeof LIMITS): GroupCommit<WeighedMessage, NotStored | null> {
    const { onBatch } = this.#options
    return new GroupCommit({
      ...limits,
      commit: (messages) => this.#commit(messages),
      weigh: ({ weight }) => weight,
      mayBlameOneItem: isDataFault,
      ...(onBatch && { onBatch }),
    })
  }

  async #commit(messages: readonly MatchedMessage[]): Promise<(NotStored | null)[]> {
    const batch = new PlannedBatch(messages, this.#options)
    try {
      const result = await this.#insert(batch)
      const [turned] = batch.settle(result)
      if (turned !== undefined) this.#tellOfTurn(turned)
      return messages.map(({ message }) => result.notStored.get(message.id) ?? null)
    } catch (err) {
      batch.abandon()
      throw err
    }
  }

  // Every worker sees on its rounds what waits for its turn. A lane that was empty doesn't wait for the next of them.
  #tellOfTurn(ref: DeliveryRef): void {
    const { dispatch, localDelivery } = this.#options
    if (localDelivery !== null) return localDelivery.nudge()
    if (performance.now() - this.#toldOfTurnAtMs < TURN_TOLD_EVERY_MS) return
    this.#toldOfTurnAtMs = performance.now()
    dispatch.dispatch([ref])
  }

  #insert(batch: PlannedBatch): ReturnType<typeof insertMessages> {
    const { db, clock } = this.#options
    return withPartitions(db, clock.nowMs(), () => insertMessages(db.hot, batch.rows, batch.lease))
  }
}

interface Leased {
  readonly message: NewMessage
  readonly endpoint: SendableEndpoint
}

/**
 * One batch: who sends what is decided before the insert, and carried out after it. The insert leases what this process
 * sends itself, or, where it sends nothing, what a job brings to another.
 */
class PlannedBatch {
  readonly rows: NewMessage[]
  readonly lease: { readonly token: string; readonly worker: string; readonly seconds: number }
  readonly #messages: readonly MatchedMessage[]
  readonly #local: LocalDelivery | null
  readonly #dispatch: Dispatch
  readonly #leasedAtMs = performance.now()

  constructor(
    messages: readonly MatchedMessage[],
    { localDelivery: local, dispatch }: Pick<MessageWriterOptions, 'localDelivery' | 'dispatch'>,
  ) {
    this.#messages = messages
    this.#local = local
    this.#dispatch = dispatch
    this.lease = {
      token: randomUUID(),
      worker: local?.workerId ?? IN_QUEUE,
      seconds: local?.leaseSeconds ?? QUEUED_LEASE_SECONDS,
    }
    const reserve = local === null ? this.#queueRoom() : local.reserve.bind(local)
    this.rows = messages.map(({ message, endpoints }) => ({
      ...message,
      deliveries: endpoints.map((endpoint) => ({
        endpointId: endpoint.id,
        start: reserve(endpoint),
      })),
    }))
  }

  #queueRoom(): () => NewDelivery['start'] {
    const sent = this.#messages.filter(({ endpoints }) => endpoints.length > 0)
    const ids = sent.map(({ message }) => ({ messageId: message.id }))
    let room = mayShareLease(ids) ? this.#dispatch.roomForLease() : 0
    return () => (room-- > 0 ? 'lease' : 'time')
  }

  /** Answers what waits for its endpoint's turn. */
  settle(result: Awaited<ReturnType<typeof insertMessages>>): readonly DeliveryRef[] {
    const leased: Leased[] = []
    const waiting: DeliveryRef[] = []
    const turned: DeliveryRef[] = []
    this.#eachDelivery((message, endpoint, start) => {
      const isStored = !result.notStored.has(message.id)
      const isTurned = isStored && result.turned.has(deliveryKey(message.id, endpoint.id))
      if (isTurned) turned.push(firstRef(message, endpoint))
      if (start === 'lease' && isStored && !isTurned) leased.push({ message, endpoint })
      else if (start === 'lease') this.#local?.cancel(endpoint)
      else if (start === 'time' && isStored && !isTurned) waiting.push(firstRef(message, endpoint))
    })
    this.#handOver(leased)
    if (waiting.length > 0) this.#dispatch.dispatch(waiting)
    return turned
  }

  #handOver(leased: readonly Leased[]): void {
    const [first] = leased
    if (first === undefined) return
    const { token } = this.lease
    if (this.#local === null) {
      const { id: messageId } = first.message
      return void this.#dispatch.dispatchLease({ token, messageId, deliveries: leased.length })
    }
    const attempts = leased.map(({ message, endpoint }) => firstAttempt(message, endpoint, token))
    this.#local.accept(attempts, this.#leasedAtMs)
  }

  abandon(): void {
    this.#eachDelivery((_message, endpoint, start) => {
      if (start === 'lease') this.#local?.cancel(endpoint)
    })
  }

  #eachDelivery(
    visit: (message: NewMessage, endpoint: SendableEndpoint, start: string) => void,
  ): void {
    this.#messages.forEach(({ endpoints }, index) => {
      const row = this.rows[index]
      if (row === undefined) return
      endpoints.forEach((endpoint, at) => visit(row, endpoint, row.deliveries[at]?.start ?? 'time'))
    })
  }
}

function firstRef(message: NewMessage, endpoint: SendableEndpoint): DeliveryRef {
  return { messageId: message.id, endpointId: endpoint.id, trigger: 'scheduled' }
}

function firstAttempt(
  message: NewMessage,
  endpoint: SendableEndpoint,
  leaseToken: string,
): ClaimedDelivery {
  return {
    messageId: message.id,
    endpoint,
    appId: message.appId,
    trigger: 'scheduled',
    eventType: message.eventType,
    payload: message.payload,
    ...(message.received && bodyKind(message.received)),
    attemptNumber: 1,
    lostCount: 0,
    taskId: null,
    actor: null,
    leaseToken,
  }
}

function bodyKind({ contentType, payloadForm, original }: NonNullable<NewMessage['received']>) {
  return { contentType: original === null ? contentType : null, payloadForm }
}

const ROW_WEIGHT = 400
const BIG_PAYLOAD_BYTES = 2 * 1024 * 1024
const TURN_TOLD_EVERY_MS = 1_000

// A batch of hundreds is a job in the queue and a claim, too: a third fewer of them for 2 ms more.
const LIMITS = {
  windowMs: 1,
  busyWindowMs: 3,
  maxItems: 500,
  maxWeight: 2_500_000,
  maxWaitingItems: 10_000,
  maxWaitingWeight: 64_000_000,
  maxInFlight: 1,
}

// Two at once and as many waiting as the weight allows; the greatest is a body of 25 MB beside its JSON.
const BIG_LIMITS = {
  ...LIMITS,
  windowMs: 0,
  busyWindowMs: 0,
  maxItems: 1,
  maxWaitingItems: 8,
  maxInFlight: 2,
}
