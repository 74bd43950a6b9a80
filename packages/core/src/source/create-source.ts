import {
  countSources,
  findApplication,
  insertApplication,
  insertSource,
  insertSourceToken,
  inTransaction,
  ownApplication,
  type Source,
  type Transaction,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { setSchedule } from '../cron/set-schedule.ts'
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts'
import { hashLinkToken, newLinkToken } from '../link-token.ts'
import {
  checkSource,
  describeChange,
  refuseUid,
  type SourceInput,
  toSourceColumns,
} from './source-input.ts'
import { type SourceView, viewSources } from './source-view.ts'

const MAX_SOURCES = 10_000
/** Made with a portal token, so that one customer can't use up what the organisation has. */
const MAX_OF_PORTAL = 100

export interface NewSourceInput extends SourceInput {
  /** Id or uid of the application it publishes into; null: one of its own, listed nowhere. */
  readonly application: string | null
  /** It has no secret yet. */
  readonly awaitsSecret?: boolean
}

/** @throws {ConflictError} the uid is taken @throws {NotFoundError} no such application */
export async function createSource(
  ctx: CoreContext,
  scope: SourceScope,
  input: NewSourceInput,
): Promise<SourceView> {
  checkSource(input, { awaitsSecret: input.awaitsSecret === true })
  const source = await inTransaction(ctx.db, (tx) => insertNew(ctx, scope, { tx, input }))
  const [view] = await viewSources(ctx, [source])
  if (view === undefined) throw new NotFoundError()
  return view
}

/** Part of a transaction. */
export async function insertNew(
  ctx: CoreContext,
  scope: SourceScope,
  { tx, input }: { readonly tx: Transaction; readonly input: NewSourceInput },
): Promise<Source> {
  await refuseTooMany(tx, scope)
  const { application, awaitsSecret: _awaits, ...described } = forScope(scope, input)
  const id = newSourceId(ctx)
  const appId = await chooseApplication(ctx, scope, { tx, name: input.name, application })
  const source = await insertSource(tx, scope, {
    ...toSourceColumns(ctx.vault, described),
    id,
    appId,
  })
  if (source === null) throw new ConflictError('A source with that uid already exists')
  if (application === null) await ownApplication(tx, { appId, sourceId: id })
  await insertToken(ctx, tx, id)
  await setSchedule(ctx, tx, { ...described, id })
  const changes = describeChange({}, described)
  await recordAudit(tx, { ...scope, appId }, { action: 'source.create', target: id, changes })
  return source
}

async function refuseTooMany(tx: Transaction, { orgId, appId }: SourceScope): Promise<void> {
  if ((await countSources(tx, { orgId })) >= MAX_SOURCES)
    throw new RefusedError('limit_reached', `An organisation has at most ${MAX_SOURCES} sources.`)
  if (appId !== undefined && (await countSources(tx, { orgId, appId })) >= MAX_OF_PORTAL)
    throw new RefusedError('limit_reached', `An application has at most ${MAX_OF_PORTAL} sources.`)
}

/** A portal token's source publishes into its application; uids are the organisation's to give. */
function forScope({ appId }: SourceScope, input: NewSourceInput): NewSourceInput {
  if (appId === undefined) return input
  if (input.application !== null && input.application !== appId)
    throw new NotFoundError('Application not found')
  refuseUid(input.uid)
  return { ...input, application: appId }
}

// The SDK knows ids of at most 22 characters after the prefix: the first of an id, which hold its time.
function newSourceId(ctx: Pick<CoreContext, 'clock'>): string {
  return newId('src_', ctx.clock.nowMs()).slice(0, 'src_'.length + 22)
}

export async function insertToken(
  ctx: Pick<CoreContext, 'vault'>,
  tx: Transaction,
  sourceId: string,
): Promise<string> {
  const token = newLinkToken()
  const sealed = ctx.vault.seal(token)
  await insertSourceToken(tx, { sourceId, hash: hashLinkToken(token), token: sealed })
  return token
}

interface Choice {
  readonly tx: Transaction
  readonly name: string
  readonly application: string | null
}

async function chooseApplication(
  ctx: Pick<CoreContext, 'clock'>,
  scope: SourceScope,
  { tx, name, application }: Choice,
): Promise<string> {
  if (application !== null) {
    const found = await findApplication(tx, scope, application)
    if (found === null) throw new NotFoundError('Application not found')
    return found.id
  }
  const fields = { name, uid: null, throttleRate: null, metadata: {} }
  const own = await insertApplication(tx, scope, {
    ...fields,
    id: newId('app_', ctx.clock.nowMs()),
  })
  if (own === null) throw new ConflictError()
  return own.id
}
