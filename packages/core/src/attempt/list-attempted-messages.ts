import {
  type Database,
  type DeliveryFilter,
  type MessageRow,
  scanEndpointDeliveries,
  type ScannedDelivery,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import type { Page } from '../list-page.ts'
import { type IdPageInput, readIdPage } from '../message/id-page.ts'
import { loadMessagesById, NEWEST_MESSAGES } from '../message/list-messages.ts'

export interface ListAttemptedMessagesInput {
  readonly endpoint: string
  readonly page: IdPageInput
  readonly filter: DeliveryFilter
  readonly withContent: boolean
}

export interface AttemptedMessage {
  readonly message: MessageRow
  readonly delivery: ScannedDelivery
}

/** The deliveries of an endpoint, one row for each message, those not attempted yet included. */
export async function listAttemptedMessages(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: ListAttemptedMessagesInput,
): Promise<Page<AttemptedMessage>> {
  const { filter, withContent } = input
  const { id: endpointId } = await getEndpointRow(ctx, scope, input.endpoint)
  const page = await readIdPage(NEWEST_MESSAGES, input.page, (range) =>
    scanEndpointDeliveries(ctx.db, scope, { endpointId, filter, withContent }, range),
  )
  const ids = page.items.map((row) => row.id)
  const messages = await loadMessagesById(ctx, scope, { ids, withContent })
  const items = page.items.flatMap((delivery) => {
    const message = messages.get(delivery.id)
    return message === undefined ? [] : [{ message, delivery }]
  })
  return { ...page, items }
}
