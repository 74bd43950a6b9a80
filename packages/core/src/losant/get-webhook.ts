import { type Application, findApplication, findSource, type Source } from '@posthorn/db'
import {
  findApplicationByLosantId,
  findSourceByLosantId,
  listLosantSources,
  type LosantPage,
} from '@posthorn/db/ingest'
import type { AppScope, OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { type SourceView, viewSources } from '../source/source-view.ts'
import { readLosantId } from './losant-id.ts'
import { type LosantSettings, losantSettingsOf, LOSANT_TYPE } from './losant-settings.ts'

type Reading = Pick<CoreContext, 'db' | 'vault'>

/** A webhook as Losant's clients know it. */
export interface LosantWebhook extends LosantSettings {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly enabled: boolean
  readonly token: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export function viewWebhook(source: SourceView): LosantWebhook {
  const { id, appId, name, token, createdAt, updatedAt, config, options } = source
  const { enabled } = options
  return { ...losantSettingsOf(config), id, appId, name, enabled, token, createdAt, updatedAt }
}

/** By id, uid or the digits that Losant's clients know it by; a uid that looks like those comes first. */
export async function getLosantApplication(
  { db }: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  name: string,
): Promise<Application> {
  const digits = readLosantId(name)
  const named = await findApplication(db.prisma, scope, name)
  const found =
    named ?? (digits === null ? null : await findApplicationByLosantId(db.prisma, scope, digits))
  if (found === null) throw new NotFoundError('Application was not found')
  return found
}

export async function findWebhookSource(
  { db }: Pick<CoreContext, 'db'>,
  scope: AppScope,
  name: string,
): Promise<Source> {
  const digits = readLosantId(name)
  const named = await findSource(db.prisma, scope, name)
  const found =
    named ?? (digits === null ? null : await findSourceByLosantId(db.prisma, scope, digits))
  if (found?.type !== LOSANT_TYPE || found.appId !== scope.appId)
    throw new NotFoundError('Webhook was not found')
  return found
}

export async function getWebhook(
  ctx: Reading,
  scope: AppScope,
  name: string,
): Promise<LosantWebhook> {
  return viewOne(ctx, await findWebhookSource(ctx, scope, name))
}

export async function listWebhooks(
  ctx: Reading,
  scope: AppScope,
  page: LosantPage,
): Promise<{ readonly items: LosantWebhook[]; readonly total: number }> {
  const { rows, total } = await listLosantSources(ctx.db.prisma, scope, page)
  return { items: (await viewSources(ctx, rows)).map(viewWebhook), total }
}

async function viewOne(ctx: Reading, source: Source): Promise<LosantWebhook> {
  const [view] = await viewSources(ctx, [source])
  if (view === undefined) throw new NotFoundError('Webhook was not found')
  return viewWebhook(view)
}
