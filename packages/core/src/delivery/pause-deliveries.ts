import { inTransaction, type Transaction } from '@posthorn/db'
import {
  countOthersOrganisations,
  deleteDeliveryPause,
  findDeliveryPause,
  type HeldBack,
  insertDeliveryPause,
  listOrganisationsInUse,
  listUserNames,
  readHeldBack,
} from '@posthorn/db/staff'
import { actorText, type OrgScope } from '../actor.ts'
import { recordEverywhere } from '../audit/record-everywhere.ts'
import type { CoreContext } from '../context.ts'
import { ForbiddenError } from '../errors.ts'

type PauseContext = Pick<CoreContext, 'db'>

export interface DeliveryPauseState {
  /** Null: deliveries go out. */
  readonly pause: DeliveryPauseInForce | null
  /** Organisations in use that aren't the caller's: only with none of them may it pause and resume. */
  readonly othersOrganisations: number
}

interface DeliveryPauseInForce extends HeldBack {
  readonly pausedAt: Date
  readonly pausedBy: string
  /** Of a user; null for all others. */
  readonly pausedByName: string | null
  readonly reason: string
}

export async function getDeliveryPause(
  { db }: PauseContext,
  scope: OrgScope,
): Promise<DeliveryPauseState> {
  const othersOrganisations = await countOthers(db.prisma, scope)
  const row = await findDeliveryPause(db.prisma)
  if (row === null) return { pause: null, othersOrganisations }
  const { pausedAt, pausedBy, reason } = row
  const [held, names] = await Promise.all([
    readHeldBack(db.prisma),
    listUserNames(db.prisma, userIdsOf(pausedBy)),
  ])
  const pausedByName = [...names.values()][0] ?? null
  return { pause: { pausedAt, pausedBy, pausedByName, reason, ...held }, othersOrganisations }
}

const USER = 'user:'

function userIdsOf(actor: string): string[] {
  return actor.startsWith(USER) ? [actor.slice(USER.length)] : []
}

/**
 * Holds back every delivery of every organisation, until resumed: workers hear of it within seconds and begin
 * none. What is in flight ends; what is published is stored and waits. Pausing again changes nothing.
 */
export async function pauseDeliveries(
  { db }: PauseContext,
  scope: OrgScope,
  reason: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await requireAllOrganisations(tx, scope)
    const pausedBy = actorText(scope.actor)
    if (!(await insertDeliveryPause(tx, { pausedBy, reason }))) return
    const changes = { reason: { from: null, to: reason } }
    await recordEverywhere(tx, scope, {
      ...ENTRY,
      action: 'installation.deliveries.pause',
      changes,
    })
  })
}

/** What waits goes out, the longest due first, under the caps and limits that always hold. */
export async function resumeDeliveries({ db }: PauseContext, scope: OrgScope): Promise<void> {
  await inTransaction(db, async (tx) => {
    await requireAllOrganisations(tx, scope)
    const before = await findDeliveryPause(tx)
    if (before === null || !(await deleteDeliveryPause(tx))) return
    const changes = {
      reason: { from: before.reason, to: null },
      pausedAt: { from: before.pausedAt.toISOString(), to: null },
    }
    await recordEverywhere(tx, scope, {
      ...ENTRY,
      action: 'installation.deliveries.resume',
      changes,
    })
  })
}

const ENTRY = { target: 'installation' } as const

async function requireAllOrganisations(tx: Transaction, scope: OrgScope): Promise<void> {
  const others = await countOthers(tx, scope)
  if (others > 0)
    throw new ForbiddenError(
      `This holds for all organisations, and ${others} of them aren't yours: it needs an owner of all, or the command line.`,
    )
}

// Whoever has the machine has them all; a key has the one that it is of.
async function countOthers(db: Transaction, { actor, orgId }: OrgScope): Promise<number> {
  if (actor.kind === 'system') return 0
  if (actor.kind === 'user') return countOthersOrganisations(db, actor.id)
  const inUse = await listOrganisationsInUse(db)
  return inUse.filter((id) => id !== orgId).length
}
