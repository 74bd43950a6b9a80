import {
  type Database,
  type DeliveryProgress,
  loadMessages,
  type MessageFilter,
  type MessageRow,
  scanMessages,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { Page } from '../list-page.ts'
import { countDeliveriesOf, type DeliveryCounts } from './delivery-counts.ts'
import { type IdList, type IdPageInput, readIdPage } from './id-page.ts'

export interface ListMessagesInput {
  readonly page: IdPageInput
  readonly filter: MessageFilter
  /** How any of its deliveries stands; absent: whatever became of it. */
  readonly progress?: readonly DeliveryProgress[] | undefined
  readonly withContent: boolean
  /** What became of each so far, too. */
  readonly withDeliveries: boolean
}

export interface ListedMessage extends MessageRow {
  readonly deliveries?: DeliveryCounts
}

export const NEWEST_MESSAGES: IdList = { prefix: 'msg_', order: 'descending' }

export async function listMessages(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: ListMessagesInput,
): Promise<Page<ListedMessage>> {
  const page = await readIdPage(NEWEST_MESSAGES, input.page, (range) =>
    scanMessages(ctx.db, scope, input, range),
  )
  const ids = page.items.map((row) => row.id)
  const [messages, deliveriesOf] = await Promise.all([
    loadMessagesById(ctx, scope, { ids, withContent: input.withContent }),
    input.withDeliveries ? countDeliveriesOf(ctx, scope, ids) : null,
  ])
  const items = ids.flatMap((id) => messages.get(id) ?? [])
  if (deliveriesOf === null) return { ...page, items }
  return {
    ...page,
    items: items.map((message) => ({ ...message, deliveries: deliveriesOf(message.id) })),
  }
}

/** Without those that retention took in the meantime. */
export async function loadMessagesById(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: { readonly ids: readonly string[]; readonly withContent: boolean },
): Promise<Map<string, MessageRow>> {
  if (input.ids.length === 0) return new Map()
  const rows = await loadMessages(ctx.db, scope, { ...input, ids: [...new Set(input.ids)] })
  return new Map(rows.map((row) => [row.id, row]))
}
