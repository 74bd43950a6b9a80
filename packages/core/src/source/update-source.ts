import {
  inTransaction,
  isUniqueViolation,
  lockSource,
  type Source,
  type Transaction,
  updateSource,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { setSchedule } from '../cron/set-schedule.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { insertNew } from './create-source.ts'
import { checkSource, describeChange, type SourceInput, toSourceColumns } from './source-input.ts'
import { openSource, type SourceView, viewSources } from './source-view.ts'

export interface SourceReplacement extends Omit<SourceInput, 'secrets' | 'options'> {
  /** Null: as they are, if the type stays. */
  readonly secrets: readonly string[] | null
  readonly options: Partial<SourceInput['options']>
}

export type SourcePatch = Partial<Omit<SourceReplacement, 'type'>>

interface Named<T> {
  readonly idOrUid: string
  readonly fields: T
}

/** PUT: gives the source these fields; one that isn't there is created, with an application of its own. */
export async function upsertSource(
  ctx: CoreContext,
  scope: OrgScope,
  {
    idOrUid,
    fields,
    defaults,
  }: Named<SourceReplacement> & { readonly defaults: SourceInput['options'] },
): Promise<SourceView & { readonly isCreated: boolean }> {
  const { source, isCreated } = await inSourceTransaction(ctx, async (tx) => {
    const before = await lockSource(tx, scope, idOrUid)
    if (before !== null)
      return { source: await change(ctx, scope, { tx, before, fields }), isCreated: false }
    const secrets = fields.secrets ?? []
    const whole = { ...fields, secrets, options: { ...defaults, ...fields.options } }
    checkSource(whole)
    const input = { ...whole, application: null }
    return { source: await insertNew(ctx, scope, { tx, input }), isCreated: true }
  })
  return { ...(await viewOne(ctx, source)), isCreated }
}

/** PATCH: absent fields stay. */
export async function patchSource(
  ctx: CoreContext,
  scope: OrgScope,
  { idOrUid, fields }: Named<SourcePatch>,
): Promise<SourceView> {
  const source = await inSourceTransaction(ctx, async (tx) => {
    const before = await lockSource(tx, scope, idOrUid)
    if (before === null) throw new NotFoundError()
    return change(ctx, scope, { tx, before, fields })
  })
  return viewOne(ctx, source)
}

interface Changing {
  readonly tx: Transaction
  readonly before: Source
  readonly fields: Partial<SourceReplacement>
}

async function change(
  ctx: CoreContext,
  scope: OrgScope,
  { tx, before, fields }: Changing,
): Promise<Source> {
  const known = openSource(ctx, before)
  const { id: _id, appId, createdAt: _created, updatedAt: _updated, ...former } = known
  const { secrets, options, ...rest } = fields
  const isSameType = (fields.type ?? former.type) === former.type
  const input: SourceInput = {
    ...former,
    ...rest,
    options: { ...former.options, ...(!isSameType && { noVerification: false }), ...options },
    secrets: secrets ?? (isSameType ? former.secrets : []),
  }
  checkSource(input)
  const source = await updateSource(tx, before, toSourceColumns(ctx.vault, input))
  await setSchedule(ctx, tx, { ...input, id: before.id })
  const changes = describeChange(former, input)
  await recordAudit(
    tx,
    { ...scope, appId },
    { action: 'source.update', target: before.id, changes },
  )
  await announceChange(tx, { kind: 'source', orgId: scope.orgId, sourceId: before.id })
  return source
}

async function inSourceTransaction<T>(
  ctx: Pick<CoreContext, 'db'>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(ctx.db, work)
  } catch (err) {
    if (isUniqueViolation(err)) throw new ConflictError('A source with that uid already exists')
    throw err
  }
}

async function viewOne(ctx: CoreContext, source: Source): Promise<SourceView> {
  const [view] = await viewSources(ctx, [source])
  if (view === undefined) throw new NotFoundError()
  return view
}
