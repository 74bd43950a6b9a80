import {
  type Application,
  type ApplicationFields,
  findApplication,
  inTransaction,
  insertApplication,
  type Transaction,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError } from '../errors.ts'

export interface ApplicationCreation {
  readonly fields: ApplicationFields
  /** An application with this uid is answered instead of refused. */
  readonly getIfExists: boolean
}

export interface CreatedApplication {
  readonly application: Application
  readonly isCreated: boolean
}

const UID_TAKEN = 'An application with that id or uid already exists'

/** @throws {ConflictError} the uid is taken */
export function createApplication(
  ctx: CoreContext,
  scope: OrgScope,
  { fields, getIfExists }: ApplicationCreation,
): Promise<CreatedApplication> {
  return inTransaction(ctx.db, async (tx) => {
    const created = await insertNew(ctx, scope, { tx, fields })
    if (created !== null) return { application: created, isCreated: true }
    const existing = fields.uid === null ? null : await findApplication(tx, scope, fields.uid)
    if (existing === null || !getIfExists) throw new ConflictError(UID_TAKEN)
    return { application: existing, isCreated: false }
  })
}

interface Insertion {
  readonly tx: Transaction
  readonly fields: ApplicationFields
}

/** Null: the uid is taken. */
export async function insertNew(
  ctx: Pick<CoreContext, 'clock'>,
  scope: OrgScope,
  { tx, fields }: Insertion,
): Promise<Application | null> {
  const id = newId('app_', ctx.clock.nowMs())
  const application = await insertApplication(tx, scope, { ...fields, id })
  if (application === null) return null
  const changes = diffChanges({}, { ...fields })
  await recordAudit(
    tx,
    { ...scope, appId: id },
    { action: 'application.create', target: id, changes },
  )
  return application
}
