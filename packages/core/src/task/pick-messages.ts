import {
  type EndpointDelivery,
  findEndpoint,
  listEndpointDeliveries,
  listMissingMessages,
  listReplayCandidates,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import { lostMessageIds } from './lost-messages.ts'
import { readInput, remainingMessages, type SendingTaskType } from './task-input.ts'

/** What one look at a bounded stretch of messages found to be sent again. */
export interface Picked {
  readonly messageIds: readonly string[]
  /** Of those left alone: still being tried. */
  readonly retrying: number
  /** The last message looked at; null: none was left. */
  readonly cursor: string | null
  readonly isLast: boolean
}

export interface PickFrom extends Pick<TaskRow, 'orgId' | 'input' | 'cursor'> {
  readonly type: SendingTaskType
  readonly appId: string
  readonly endpointId: string
}

/** The same for a task and for its dry run. Looks at `maxRows` rows, from the task's cursor on. */
export function pickMessages(tx: Transaction, from: PickFrom, maxRows: number): Promise<Picked> {
  switch (from.type) {
    case 'endpoint.recover':
      return pickLost(tx, from, maxRows)
    case 'endpoint.replay':
      return pickMissing(tx, from, maxRows)
    case 'endpoint.bulk-replay':
      return pickFiltered(tx, from, maxRows)
  }
}

async function pickLost(tx: Transaction, from: PickFrom, limit: number): Promise<Picked> {
  const { eventTypes = [] } = readInput(from.input)
  const range = { ...from, ...remainingMessages(from), eventTypes, limit }
  const rows = await listEndpointDeliveries(tx, range)
  const isLast = rows.length < limit
  const whole = isLast ? rows : withoutLastMessage(rows)
  const meant = whole.filter((row) => row.isOfType)
  return {
    messageIds: lostMessageIds(meant),
    retrying: new Set(meant.filter(isPending).map((row) => row.messageId)).size,
    cursor: whole.at(-1)?.messageId ?? null,
    isLast,
  }
}

// A full page may end between the two rows of one message.
function withoutLastMessage(rows: readonly EndpointDelivery[]): EndpointDelivery[] {
  const last = rows.at(-1)?.messageId
  return rows.filter((row) => row.messageId !== last)
}

function isPending({ status }: EndpointDelivery): boolean {
  return status === 'pending'
}

/** By the endpoint's filters of today: what it would be sent if it were published now. */
async function pickMissing(tx: Transaction, from: PickFrom, limit: number): Promise<Picked> {
  const endpoint = await findEndpoint(tx, from, from.endpointId)
  if (endpoint === null) return { messageIds: [], retrying: 0, cursor: null, isLast: true }
  const { eventTypes, channels } = endpoint
  const range = { ...from, ...remainingMessages(from), eventTypes, channels, limit }
  const rows = await listMissingMessages(tx, range)
  return {
    messageIds: rows.filter((row) => row.isMissing).map((row) => row.messageId),
    retrying: 0,
    cursor: rows.at(-1)?.messageId ?? null,
    isLast: rows.length < limit,
  }
}

async function pickFiltered(tx: Transaction, from: PickFrom, limit: number): Promise<Picked> {
  const { since: _since, until: _until, ...filter } = readInput(from.input)
  const range = { ...from, ...remainingMessages(from), filter, limit }
  const rows = await listReplayCandidates(tx, range)
  const matching = rows.filter((row) => row.matches)
  return {
    messageIds: matching.filter((row) => !row.isUnderWay).map((row) => row.messageId),
    retrying: matching.filter((row) => row.isUnderWay).length,
    cursor: rows.at(-1)?.messageId ?? null,
    isLast: rows.length < limit,
  }
}
