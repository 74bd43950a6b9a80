import {
  type AttemptFilter,
  type AttemptRecord,
  type AttemptScan,
  type Database,
  type DeliveryProgress,
  loadAttempts,
  type MessageFilter,
  type MessageRow,
  scanAttempts,
  type ScannedAttempt,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import type { Page } from '../list-page.ts'
import { getMessageId } from '../message/get-message.ts'
import { type IdList, type IdPageInput, readIdPage } from '../message/id-page.ts'
import { loadMessagesById } from '../message/list-messages.ts'
import { attemptsAtMost, type ScheduleContext, scheduleOf } from './attempts-at-most.ts'
import { getPastEndpointId } from './get-past-endpoint-id.ts'

export interface ListAttemptsInput {
  readonly page: IdPageInput
  readonly filter: MessageFilter & Pick<AttemptFilter, 'statusClass' | 'code'>
  /** An attempt is over, so it is `delivered` or `failed`: the others match nothing. */
  readonly status?: DeliveryProgress | undefined
  readonly withContent: boolean
  readonly withMessage: boolean
}

export interface ListedAttempt {
  readonly attempt: AttemptRecord
  readonly message: MessageRow | null
  /** That its schedule has by now; in an endpoint's list only. */
  readonly attemptsAtMost?: number
}

const NEWEST_ATTEMPTS: IdList = { prefix: 'atmpt_', order: 'descending' }
const NOTHING = { items: [], iterator: null, prevIterator: null, done: true }

export async function listEndpointAttempts(
  ctx: ScheduleContext & { readonly db: Database },
  scope: AppScope,
  input: ListAttemptsInput & { readonly endpoint: string },
): Promise<Page<ListedAttempt>> {
  const endpoint = await getEndpointRow(ctx, scope, input.endpoint)
  const page = await listAttempts(ctx, scope, { ...input, of: { endpointId: endpoint.id } })
  const schedule = scheduleOf(ctx, endpoint)
  const items = page.items.map((item) => ({
    ...item,
    attemptsAtMost: attemptsAtMost(item.attempt.trigger, schedule),
  }))
  return { ...page, items }
}

export async function listMessageAttempts(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: ListAttemptsInput & { readonly message: string; readonly endpoint?: string | undefined },
): Promise<Page<ListedAttempt>> {
  const messageId = await getMessageId(ctx, scope, input.message)
  const endpointId =
    input.endpoint === undefined ? undefined : await getPastEndpointId(ctx, scope, input.endpoint)
  const filter = { ...input.filter, endpointId }
  return listAttempts(ctx, scope, { ...input, filter, of: { messageId } })
}

interface AttemptsOf extends ListAttemptsInput {
  readonly of: AttemptScan['of']
  readonly filter: ListAttemptsInput['filter'] & { readonly endpointId?: string | undefined }
}

async function listAttempts(
  ctx: { readonly db: Database },
  scope: AppScope,
  input: AttemptsOf,
): Promise<Page<ListedAttempt>> {
  if (input.status !== undefined && !isFinal(input.status)) return NOTHING
  const filter: AttemptFilter = {
    ...input.filter,
    success: input.status === undefined ? undefined : input.status === 'delivered',
  }
  const scan: AttemptScan = { of: input.of, filter, withMessage: input.withMessage }
  const page = await readIdPage(NEWEST_ATTEMPTS, input.page, (range) =>
    scanAttempts(ctx.db, scope, scan, range),
  )
  return { ...page, items: await withContents(ctx, scope, { ...input, rows: page.items }) }
}

function isFinal(status: DeliveryProgress): boolean {
  return status === 'delivered' || status === 'failed'
}

interface Contents extends Pick<ListAttemptsInput, 'withContent' | 'withMessage'> {
  readonly rows: readonly ScannedAttempt[]
}

async function withContents(
  ctx: { readonly db: Database },
  scope: AppScope,
  { rows, withContent, withMessage }: Contents,
): Promise<ListedAttempt[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const messageIds = rows.map((row) => row.messageId)
  const attempts = await loadAttempts(ctx.db, scope, { ids, messageIds, withContent })
  const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  const messages = await loadMessagesById(ctx, scope, {
    ids: withMessage ? messageIds : [],
    withContent,
  })
  return rows.flatMap((row) => {
    const attempt = byId.get(row.id)
    return attempt === undefined ? [] : [{ attempt, message: messages.get(row.messageId) ?? null }]
  })
}
