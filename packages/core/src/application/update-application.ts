import {
  type Application,
  type ApplicationFields,
  findApplication,
  followApplicationRate,
  inTransaction,
  isUniqueViolation,
  lockNamedApplication,
  type Transaction,
  updateApplication as updateRow,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { type CreatedApplication, insertNew } from './create-application.ts'

export interface ApplicationChange<Fields> {
  readonly idOrUid: string
  readonly fields: Fields
}

/** Changes the given fields. @throws {ConflictError} the new uid is taken */
export function patchApplication(
  ctx: CoreContext,
  scope: OrgScope,
  { idOrUid, fields }: ApplicationChange<Partial<ApplicationFields>>,
): Promise<Application> {
  return inChange(ctx, async (tx) => {
    const before = await lockNamedApplication(tx, scope, idOrUid)
    if (before === null) throw new NotFoundError()
    return change(tx, scope, { before, fields })
  })
}

/** Replaces all fields; an unknown id creates an application, which is not named by the path. */
export function upsertApplication(
  ctx: CoreContext,
  scope: OrgScope,
  { idOrUid, fields }: ApplicationChange<ApplicationFields>,
): Promise<CreatedApplication> {
  return inChange(ctx, async (tx) => {
    const before = await lockNamedApplication(tx, scope, idOrUid)
    if (before !== null) {
      return { application: await change(tx, scope, { before, fields }), isCreated: false }
    }
    const application = await insertNew(ctx, scope, { tx, fields })
    if (application === null) throw uidTaken()
    return { application, isCreated: true }
  })
}

async function inChange<T>(ctx: CoreContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(ctx.db, work)
  } catch (err) {
    if (isUniqueViolation(err)) throw uidTaken()
    throw err
  }
}

interface Changing {
  readonly before: Application
  readonly fields: Partial<ApplicationFields>
}

async function change(
  tx: Transaction,
  scope: OrgScope,
  { before, fields }: Changing,
): Promise<Application> {
  await refuseTakenUid(tx, scope, { before, fields })
  const application = await updateRow(tx, before, fields)
  const { throttleRate } = fields
  if (throttleRate !== undefined && throttleRate !== before.throttleRate) {
    await followApplicationRate(tx, before.id, throttleRate)
  }
  const changes = diffChanges({ ...before }, { ...fields })
  await recordAudit(
    tx,
    { ...scope, appId: before.id },
    { action: 'application.update', target: before.id, changes },
  )
  await announceChange(tx, { kind: 'application', appId: before.id, orgId: scope.orgId })
  return application
}

// Asked first, so that the transaction goes on; a race is settled by the index, and ends it.
async function refuseTakenUid(
  tx: Transaction,
  scope: OrgScope,
  { before, fields }: Changing,
): Promise<void> {
  if (fields.uid === undefined || fields.uid === null || fields.uid === before.uid) return
  const other = await findApplication(tx, scope, fields.uid)
  if (other !== null && other.id !== before.id) throw uidTaken()
}

function uidTaken(): ConflictError {
  return new ConflictError('An application with that id or uid already exists')
}
