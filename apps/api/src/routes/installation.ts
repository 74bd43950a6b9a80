import {
  InstallationSettingsOut,
  RetentionIn,
  RetentionOut,
  RetentionPreviewOut,
  RetentionPreviewQuery,
} from '@posthorn/contracts'
import {
  changeRetention,
  chosenRetentionDays,
  getRetention,
  listWorkerHosts,
  previewRetention,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentPreview, presentRetention, presentSettings } from './installation-presenter.ts'

const ADMINISTRATION = { of: 'administration' } as const
const tags = ['Installation']

const settings = endpointRoute({
  method: 'get',
  path: '/api/v1/installation/setting',
  operationId: 'v1.installation.setting.list',
  summary: 'What this installation is set to, and where from; no secrets',
  tags,
  access: ADMINISTRATION,
  response: { 200: InstallationSettingsOut },
  handle: async (ctx) =>
    ok({
      data: presentSettings(ctx.installation.settings, await chosenRetentionDays(ctx.db)),
      workerHosts: await listWorkerHosts(ctx),
    }),
})

const retention = endpointRoute({
  method: 'get',
  path: '/api/v1/installation/retention',
  operationId: 'v1.installation.retention.get',
  summary: 'How long everything is kept, and what lies on disk until when',
  tags,
  access: ADMINISTRATION,
  response: { 200: RetentionOut },
  handle: async (ctx, { scope }) =>
    ok(presentRetention(await getRetention(retentionContext(ctx), scope), ctx.installation)),
})

const preview = endpointRoute({
  method: 'get',
  path: '/api/v1/installation/retention/preview',
  operationId: 'v1.installation.retention.preview',
  summary: 'What another retention would drop, before anything is',
  tags,
  access: ADMINISTRATION,
  query: RetentionPreviewQuery,
  response: { 200: RetentionPreviewOut },
  handle: async (ctx, { query }) =>
    ok(presentPreview(await previewRetention(retentionContext(ctx), query.days ?? null))),
})

const change = endpointRoute({
  method: 'put',
  path: '/api/v1/installation/retention',
  operationId: 'v1.installation.retention.change',
  summary: 'Change how long messages are kept, in all organisations',
  tags,
  access: ADMINISTRATION,
  body: RetentionIn,
  response: { 204: null },
  handle: (ctx, { scope, body }) =>
    noContent(
      changeRetention(retentionContext(ctx), scope, {
        chosenDays: body.days,
        confirmation: body.confirmation ?? null,
      }),
    ),
})

function retentionContext({ db, clock, installation }: ApiContext) {
  return { db, clock, environmentDays: installation.retentionDays }
}

export const installationRoutes = [settings, retention, preview, change] as const
