import {
  type Database,
  type EndpointRow,
  loadEndpoints,
  scanMessageDeliveries,
  type ScannedDelivery,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { Page } from '../list-page.ts'
import { getMessageId } from '../message/get-message.ts'
import { type IdList, type IdPageInput, readIdPage } from '../message/id-page.ts'

export interface ListAttemptedEndpointsInput {
  readonly message: string
  readonly page: Pick<IdPageInput, 'limit' | 'iterator'>
}

export interface AttemptedEndpoint {
  readonly endpoint: EndpointRow
  readonly delivery: ScannedDelivery
}

const ENDPOINTS: IdList = { prefix: 'ep_', order: 'ascending' }

/** The deliveries of a message, one row for each endpoint, deleted ones included. */
export async function listAttemptedEndpoints(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: ListAttemptedEndpointsInput,
): Promise<Page<AttemptedEndpoint>> {
  const messageId = await getMessageId(ctx, scope, input.message)
  const page = await readIdPage(ENDPOINTS, input.page, (range) =>
    scanMessageDeliveries(ctx.db, messageId, range),
  )
  const ids = page.items.map((row) => row.id)
  const rows = await loadEndpoints(ctx.db, scope, ids)
  const endpoints = new Map(rows.map((row) => [row.id, row]))
  const items = page.items.flatMap((delivery) => {
    const endpoint = endpoints.get(delivery.id)
    return endpoint === undefined ? [] : [{ endpoint, delivery }]
  })
  return { ...page, items }
}
