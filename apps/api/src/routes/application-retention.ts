import {
  ApplicationRetentionIn,
  ApplicationRetentionOut,
  ApplicationRetentionPreviewOut,
  ApplicationRetentionPreviewQuery,
} from '@posthorn/contracts/application-retention'
import type { AppScope } from '@posthorn/core'
import {
  changePayloadRetention,
  type PayloadRetention,
  type PayloadRetentionPreview,
  previewPayloadRetention,
  readPayloadRetention,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { presentDoneBy } from './done-by-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/retention'
const ACCESS = { of: 'application', capability: null } as const
const tags = ['Application retention']

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.application-retention.get',
  summary: 'How long payloads of an application are kept, and where that comes from',
  tags,
  access: ACCESS,
  response: { 200: ApplicationRetentionOut },
  handle: async (ctx, { scope }) => ok(await present(ctx, scope)),
})

const preview = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/retention/preview',
  operationId: 'v1.application-retention.preview',
  summary: 'Which payloads another retention would take, before any is taken',
  tags,
  access: ACCESS,
  query: ApplicationRetentionPreviewQuery,
  response: { 200: ApplicationRetentionPreviewOut },
  handle: async (ctx, { scope, query }) =>
    ok(presentPreview(await previewPayloadRetention(contextOf(ctx), scope, query.days ?? null))),
})

const change = endpointRoute({
  method: 'put',
  path: PATH,
  operationId: 'v1.application-retention.change',
  summary: 'Change how long payloads of an application are kept, of stored messages too',
  tags,
  access: ACCESS,
  body: ApplicationRetentionIn,
  response: { 200: ApplicationRetentionOut },
  handle: async (ctx, { scope, body }) => {
    const confirmation = body.confirmation ?? null
    await changePayloadRetention(contextOf(ctx), scope, { days: body.days, confirmation })
    return ok(await present(ctx, scope))
  },
})

function contextOf({ db, clock, installation }: ApiContext) {
  return { db, clock, environmentDays: installation.retentionDays }
}

async function present(ctx: ApiContext, scope: AppScope): Promise<ApplicationRetentionOut> {
  const retention = await readPayloadRetention(contextOf(ctx), scope)
  const { days, applicationDays, installationDays, changedAt, by } = retention
  return {
    days,
    source: sourceOf(ctx, retention),
    applicationDays,
    installationDays,
    changedAt: changedAt?.toISOString() ?? null,
    by: presentDoneBy(by),
  }
}

function sourceOf(
  { installation }: ApiContext,
  { days, applicationDays, isInstallationChosen }: PayloadRetention,
): ApplicationRetentionOut['source'] {
  if (applicationDays === days) return 'application'
  if (isInstallationChosen) return 'console'
  return installation.isRetentionDefault ? 'default' : 'environment'
}

function presentPreview(preview: PayloadRetentionPreview): ApplicationRetentionPreviewOut {
  return { ...preview, emptiedBefore: preview.emptiedBefore.toISOString() }
}

export const applicationRetentionRoutes = [get, preview, change] as const
