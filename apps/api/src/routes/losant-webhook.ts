import {
  LosantDeleteQuery,
  LosantSuccess,
  LosantWebhookOut,
  LosantWebhookPatch,
  LosantWebhookPost,
  LosantWebhooks,
  LosantWebhooksQuery,
  SourceReplyIn,
} from '@posthorn/contracts/ingest'
import type { AppScope, OrgScope } from '@posthorn/core'
import {
  createWebhook,
  deleteWebhook,
  findWebhookSource,
  getLosantApplication,
  getWebhook,
  listWebhooks,
  losantIdOf,
  makeReply,
  patchWebhook,
} from '@posthorn/core/ingest'
import type { ApiContext } from '../context.ts'
import { created, endpointRoute, ok } from './endpoint-route.ts'
import { presentWebhook } from './losant-presenter.ts'

const LIST = '/applications/:applicationId/webhooks'
const ONE = `${LIST}/:webhookId` as const
const ALL = ['all.Application', 'all.Organization', 'all.User'] as const
const ALL_READ = [...ALL, 'all.Application.read', 'all.Organization.read', 'all.User.read'] as const
const tags = ['Losant']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'losant.webhooks.get',
  summary: 'Returns the webhooks for an application',
  tags,
  access: { of: 'losant', scopes: [...ALL_READ, 'webhooks.*', 'webhooks.get'] },
  query: LosantWebhooksQuery,
  response: { 200: LosantWebhooks },
  handle: async (ctx, { scope: organisation, params, query }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    const { page, perPage, sortField, sortDirection, filter, filterField } = query
    const { items, total } = await listWebhooks(ctx, scope, {
      sort: sortField,
      direction: sortDirection,
      offset: page * perPage,
      take: perPage,
      nameGlob: filterField === undefined ? null : (filter ?? null),
    })
    return ok({
      items: items.map(presentWebhook),
      count: items.length,
      totalCount: total,
      perPage,
      page,
      ...(filter !== undefined && { filter }),
      ...(filterField !== undefined && { filterField }),
      sortField,
      sortDirection,
      applicationId: losantIdOf(scope.appId),
    })
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'losant.webhooks.post',
  summary: 'Create a new webhook for an application',
  tags,
  access: { of: 'losant', scopes: [...ALL, 'webhooks.*', 'webhooks.post'] },
  body: LosantWebhookPost,
  response: { 201: LosantWebhookOut },
  handle: async (ctx, { scope: organisation, params, body }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    const { isWebsocket: _never, ...fields } = body
    return created(presentWebhook(await createWebhook(ctx, scope, fields)))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'losant.webhook.get',
  summary: 'Retrieves information on a webhook',
  tags,
  access: { of: 'losant', scopes: [...ALL_READ, 'webhook.*', 'webhook.get'] },
  response: { 200: LosantWebhookOut },
  handle: async (ctx, { scope: organisation, params }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    return ok(presentWebhook(await getWebhook(ctx, scope, params.webhookId)))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'losant.webhook.patch',
  summary: 'Updates information about a webhook',
  tags,
  access: { of: 'losant', scopes: [...ALL, 'webhook.*', 'webhook.patch'] },
  body: LosantWebhookPatch,
  response: { 200: LosantWebhookOut },
  handle: async (ctx, { scope: organisation, params, body }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    const { isWebsocket: _never, ...fields } = body
    const changed = { webhook: params.webhookId, fields }
    return ok(presentWebhook(await patchWebhook(ctx, scope, changed)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'losant.webhook.delete',
  summary: 'Deletes a webhook, by includeWorkflows with every endpoint subscribed to it by name',
  tags,
  access: { of: 'losant', scopes: [...ALL, 'webhook.*', 'webhook.delete'] },
  query: LosantDeleteQuery,
  response: { 200: LosantSuccess },
  handle: async (ctx, { scope: organisation, params, query: { includeWorkflows } }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    await deleteWebhook(ctx, scope, { webhook: params.webhookId, includeWorkflows })
    return ok({ success: true })
  },
})

const reply = endpointRoute({
  method: 'post',
  path: `${ONE}/replies/:replyId`,
  operationId: 'losant.webhook.reply',
  summary: 'Answer the caller who waits for this reply: of several the first wins',
  tags,
  access: { of: 'losant', scopes: [...ALL, 'webhook.*', 'webhook.reply'] },
  body: SourceReplyIn,
  response: { 201: LosantSuccess },
  handle: async (ctx, { scope: organisation, params, body }) => {
    const scope = await scopeOf(ctx, organisation, params.applicationId)
    const { id: sourceId } = await findWebhookSource(ctx, scope, params.webhookId)
    await makeReply(ctx, scope, { sourceId, replyId: params.replyId, reply: body })
    return created({ success: true })
  },
})

async function scopeOf(ctx: ApiContext, scope: OrgScope, name: string): Promise<AppScope> {
  const { id: appId } = await getLosantApplication(ctx, scope, name)
  return { ...scope, appId }
}

export const losantWebhookRoutes = [list, create, get, patch, remove, reply] as const
