import {
  afterCommit,
  countCanceledBy,
  findEndpoint,
  inTransaction,
  isEndpointStopped,
  listCanceledInFlight,
  resumeCanceledBy,
  resumeDelivery,
  updateEndpoint,
} from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { ENABLED_COLUMNS, settleEnabled } from './disable-endpoint.ts'
import { type EndpointTransaction, inEndpointTransaction } from './endpoint-transaction.ts'
import { getEndpointRow } from './get-endpoint.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

const COUNT_AT_MOST = 10_000
const CHUNK = 5_000
/** As much as a request cancels itself when it disables. */
const MAX_CHUNKS = 20
/** No attempt takes longer. */
const ATTEMPT_MS = 60_000
const IN_FLIGHT_AT_MOST = 1_000

export interface UndoContext extends Pick<CoreContext, 'db' | 'clock'> {
  /** Lets the dispatcher look at once; without it the next sweep does. */
  readonly nudge?: (() => void) | undefined
}

export interface UndoInput {
  readonly idOrUid: string
  /** Which disabling: as the endpoint's `disabledAt` said then. */
  readonly disabledAt: Date
}

export interface Undone {
  readonly count: number
  /** There may be more. */
  readonly isCapped: boolean
}

/** What `undoDisabling` would go on with; changes nothing. */
export async function countUndoable(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { idOrUid, disabledAt }: UndoInput,
): Promise<Undone> {
  const { id: endpointId } = await getEndpointRow(ctx, scope, idOrUid)
  const disabling = { endpointId, disabledAt }
  const inFlight = await listCanceledInFlight(ctx.db.prisma, endpointId, inFlightAt(disabledAt))
  const count = await countCanceledBy(ctx.db.prisma, disabling, COUNT_AT_MOST)
  const isCapped = count === COUNT_AT_MOST
  return { count: Math.min(count + inFlight.length, COUNT_AT_MOST), isCapped }
}

/**
 * Enables the endpoint, unless that was done already, and goes on with what the disabling canceled and nobody sent
 * since: each delivery where its schedule was, the next attempt at once.
 * @throws {ConflictError} `disabled_again`: by another disabling since
 */
export async function undoDisabling(
  ctx: UndoContext,
  scope: AppScope,
  { idOrUid, disabledAt }: UndoInput,
): Promise<Undone> {
  const endpointId = await inEndpointTransaction(ctx, scope, (held) =>
    enableHeld(held, idOrUid, disabledAt),
  )
  const waited = await resumeInChunks(ctx, scope, { endpointId, disabledAt })
  const count = waited + (await resumeInFlight(ctx, { endpointId, disabledAt }))
  if (count > 0) await recordResumed(ctx, scope, { endpointId, count })
  afterCommit(ctx.db, () => ctx.nudge?.())
  return { count, isCapped: waited === CHUNK * MAX_CHUNKS }
}

async function enableHeld(
  held: EndpointTransaction,
  idOrUid: string,
  disabledAt: Date,
): Promise<string> {
  const endpoint = await findEndpoint(held.tx, held.scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  if (!endpoint.disabled) return endpoint.id
  if (endpoint.disabledAt?.getTime() !== disabledAt.getTime()) {
    const message = 'The endpoint was disabled once more since.'
    throw new ConflictError(message, 'disabled_again')
  }
  await updateEndpoint(held.tx, { id: endpoint.id, fields: ENABLED_COLUMNS, at: held.now })
  const events = [await settleEnabled(held, endpoint.id)]
  const changes = diffChanges({ disabled: true }, { disabled: false })
  await recordEndpointChange(held, { endpoint, action: 'endpoint.update', changes, events })
  return endpoint.id
}

interface Resuming {
  readonly endpointId: string
  readonly disabledAt: Date
}

/** In transactions of their own: no lock is held long. */
async function resumeInChunks(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  disabling: Resuming,
): Promise<number> {
  const part = { actor: actorText(scope.actor), limit: CHUNK }
  let count = 0
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const resumed = await inTransaction(ctx.db, async (tx) => {
      if (await isEndpointStopped(tx, disabling.endpointId)) return 0
      return resumeCanceledBy(tx, disabling, part)
    })
    count += resumed
    if (resumed < CHUNK) break
  }
  return count
}

function resumeInFlight(
  ctx: Pick<CoreContext, 'db'>,
  { endpointId, disabledAt }: Resuming,
): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    if (await isEndpointStopped(tx, endpointId)) return 0
    let count = 0
    for (const messageId of await listCanceledInFlight(tx, endpointId, inFlightAt(disabledAt)))
      count += await resumeDelivery(tx, { messageId, endpointId })
    return count
  })
}

function inFlightAt(disabledAt: Date) {
  const [fromMs, beforeMs] = [disabledAt.getTime() - ATTEMPT_MS, disabledAt.getTime() + ATTEMPT_MS]
  const between = (prefix: 'atmpt_' | 'msg_') => ({
    from: firstIdAt(prefix, fromMs),
    before: firstIdAt(prefix, beforeMs),
  })
  return { attempts: between('atmpt_'), messages: between('msg_'), limit: IN_FLIGHT_AT_MOST }
}

function recordResumed(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { endpointId, count }: { readonly endpointId: string; readonly count: number },
): Promise<void> {
  const changes = { resumed: { from: null, to: count } }
  return inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'endpoint.resume', target: endpointId, changes }),
  )
}
