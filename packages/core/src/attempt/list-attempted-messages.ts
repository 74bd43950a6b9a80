import {
  type Database,
  type DeliveryFilter,
  type MessageRow,
  scanEndpointDeliveries,
  type ScannedDelivery,
} from '@posthorn/db'
import { type NewestAttempt, readNewestAttempts } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import type { Page } from '../list-page.ts'
import { type IdPageInput, readIdPage } from '../message/id-page.ts'
import { loadMessagesById, NEWEST_MESSAGES } from '../message/list-messages.ts'
import { attemptsAtMost, type ScheduleContext, scheduleOf } from './attempts-at-most.ts'

export interface ListAttemptedMessagesInput {
  readonly endpoint: string
  readonly page: IdPageInput
  readonly filter: DeliveryFilter
  readonly withContent: boolean
}

export interface AttemptedMessage {
  readonly message: MessageRow
  readonly delivery: ScannedDelivery
  /** Null: none was made, or too many elsewhere since. */
  readonly attempt: NewestAttempt | null
  /** Of that attempt's schedule. */
  readonly attemptsAtMost: number | null
}

/** The deliveries of an endpoint, one row for each message, those not attempted yet included. */
export async function listAttemptedMessages(
  ctx: ScheduleContext & { readonly db: Database },
  scope: AppScope,
  input: ListAttemptedMessagesInput,
): Promise<Page<AttemptedMessage>> {
  const { filter, withContent } = input
  const endpoint = await getEndpointRow(ctx, scope, input.endpoint)
  const endpointId = endpoint.id
  const page = await readIdPage(NEWEST_MESSAGES, input.page, (range) =>
    scanEndpointDeliveries(ctx.db, scope, { endpointId, filter, withContent }, range),
  )
  const ids = page.items.map((row) => row.id)
  const [messages, newest] = await Promise.all([
    loadMessagesById(ctx, scope, { ids, withContent }),
    readNewestAttempts(ctx.db.prisma, scope, { endpointId, messageIds: ids }),
  ])
  const attempts = new Map(newest.map((attempt) => [attempt.messageId, attempt]))
  const schedule = scheduleOf(ctx, endpoint)
  const items = page.items.flatMap((delivery) => {
    const message = messages.get(delivery.id)
    const attempt = attempts.get(delivery.id) ?? null
    const atMost = attempt === null ? null : attemptsAtMost(attempt.trigger, schedule)
    return message === undefined ? [] : [{ message, delivery, attempt, attemptsAtMost: atMost }]
  })
  return { ...page, items }
}
