import {
  inTransaction,
  isUniqueViolation,
  lockSource,
  type Source,
  type Transaction,
  updateSource,
} from '@posthorn/db'
import { boundQuarantine } from '@posthorn/db/ingest'
import type { Config } from '@posthorn/providers'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { changeSchedule } from '../cron/set-schedule.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { insertNew } from './create-source.ts'
import {
  checkSource,
  describeChange,
  refuseUid,
  type SourceInput,
  toSourceColumns,
} from './source-input.ts'
import { openSource, type SourceView, viewSources } from './source-view.ts'

export interface SourceReplacement extends Omit<SourceInput, 'secrets' | 'options'> {
  /** Null: as they are, if the type stays. */
  readonly secrets: readonly string[] | null
  readonly options: Partial<SourceInput['options']>
}

export type SourcePatch = Partial<Omit<SourceReplacement, 'type'>> & {
  /** Settings to set, or with null to remove; the others stay. */
  readonly configChanges?: Readonly<Record<string, string | number | boolean | null>>
}

interface Named<T> {
  readonly idOrUid: string
  readonly fields: T
}

/** What a replacement may depend on. */
export type KnownSource = Pick<SourceView, 'type' | 'config'>

interface SourceUpsert {
  readonly idOrUid: string
  /** Null: there is no such source. */
  readonly fieldsFor: (before: KnownSource | null) => SourceReplacement
  readonly defaults: SourceInput['options']
}

/** PUT: gives the source these fields; one that isn't there is created, with an application of its own. */
export async function upsertSource(
  ctx: CoreContext,
  scope: SourceScope,
  { idOrUid, fieldsFor, defaults }: SourceUpsert,
): Promise<SourceView & { readonly isCreated: boolean }> {
  const { source, isCreated } = await inSourceTransaction(ctx, async (tx) => {
    const before = await lockSource(tx, scope, idOrUid)
    const fields = fieldsFor(before === null ? null : openSource(ctx, before))
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
  scope: SourceScope,
  { idOrUid, fields }: Named<SourcePatch>,
): Promise<SourceView> {
  const source = await inSourceTransaction(ctx, async (tx) => {
    const before = await lockSource(tx, scope, idOrUid)
    if (before === null) throw new NotFoundError()
    if (scope.appId !== undefined) refuseUid(fields.uid ?? null)
    return change(ctx, scope, { tx, before, fields })
  })
  return viewOne(ctx, source)
}

interface Changing {
  readonly tx: Transaction
  readonly before: Source
  readonly fields: Partial<SourceReplacement> & Pick<SourcePatch, 'configChanges'>
}

async function change(
  ctx: CoreContext,
  scope: SourceScope,
  { tx, before, fields }: Changing,
): Promise<Source> {
  const known = openSource(ctx, before)
  const { id: _id, appId, createdAt: _created, updatedAt: _updated, ...former } = known
  const { secrets, options, configChanges = {}, ...rest } = fields
  const isSameType = (fields.type ?? former.type) === former.type
  const keepsSecrets = isSameType && (secrets ?? null) === null
  const input: SourceInput = {
    ...former,
    ...rest,
    config: changeConfig(rest.config ?? former.config, configChanges),
    options: {
      ...former.options,
      ...(!isSameType && { noVerification: false }),
      ...(!keepsSecrets && { secretLearnedAt: null }),
      ...options,
    },
    secrets: keepsSecrets ? former.secrets : (secrets ?? []),
  }
  const awaitsSecret = isSameType && former.secrets.length === 0 && secrets === undefined
  checkSource(input, { awaitsSecret })
  const source = await updateSource(tx, before, toSourceColumns(ctx.vault, input))
  await changeSchedule(ctx, tx, { former, changed: { ...input, id: before.id } })
  await keepToBounds(tx, before.id, { former: former.options, options: input.options })
  const changes = describeChange(former, input)
  await recordAudit(
    tx,
    { ...scope, appId },
    { action: 'source.update', target: before.id, changes },
  )
  await announceChange(tx, { kind: 'source', orgId: scope.orgId, sourceId: before.id })
  return source
}

interface Options {
  readonly former: SourceInput['options']
  readonly options: SourceInput['options']
}

async function keepToBounds(tx: Transaction, sourceId: string, { former, options }: Options) {
  const { quarantineDays: keptDays, quarantineRequests: keptRequests } = options
  const isSame = former.quarantineDays === keptDays && former.quarantineRequests === keptRequests
  if (!isSame) await boundQuarantine(tx, { sourceId, keptDays, keptRequests })
}

function changeConfig(config: Config, changes: NonNullable<SourcePatch['configChanges']>): Config {
  const set = Object.entries({ ...config, ...changes })
  return Object.fromEntries(set.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
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
