import {
  FlowCreatedOut,
  FlowIn,
  FlowList,
  FlowListQuery,
  FlowOut,
  FlowPatch,
  FlowTokenOut,
} from '@posthorn/contracts/ingest'
import {
  createFlow,
  deleteFlow,
  type FlowView,
  getFlow,
  InvalidInputError,
  listFlows,
  patchFlow,
  rotateFlowToken,
} from '@posthorn/core'
import { parseTemplate, TemplateFault } from '@posthorn/template'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'
import { flowUrl } from './source-presenter.ts'

const LIST = '/api/v1/flow'
const ONE = `${LIST}/:flowId` as const
const ORGANISATION = { of: 'organisation' } as const
const tags = ['Flow']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.flow.list',
  summary: 'List flows: webhooks that answer by a template',
  tags,
  access: ORGANISATION,
  query: FlowListQuery,
  response: { 200: FlowList },
  handle: async (ctx, { scope, origin, query: { order = 'descending', ...page } }) => {
    const base = ctx.ingestUrl(origin)
    const flows = await listFlows(ctx, scope, { ...page, order })
    return ok(presentPage(flows, (flow) => presentFlow(flow, base)))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.flow.create',
  summary: 'Create a flow. Its token is shown this once',
  tags,
  access: ORGANISATION,
  body: FlowIn,
  response: { 201: FlowCreatedOut },
  handle: async (ctx, { scope, origin, body }) => {
    const { name, uid, appId: application, tokenRequired, ...settings } = body
    checkTemplates(settings)
    const input = { name, uid, application, tokenRequired, settings }
    const flow = await createFlow(ctx, scope, input)
    return created({ ...presentFlow(flow, ctx.ingestUrl(origin)), token: flow.token })
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.flow.get',
  summary: 'Get a flow',
  tags,
  access: ORGANISATION,
  response: { 200: FlowOut },
  handle: async (ctx, { scope, origin, params }) =>
    ok(presentFlow(await getFlow(ctx, scope, params.flowId), ctx.ingestUrl(origin))),
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.flow.patch',
  summary: 'Change a flow; what is left out stays',
  tags,
  access: ORGANISATION,
  body: FlowPatch,
  response: { 200: FlowOut },
  handle: async (ctx, { scope, origin, params, body }) => {
    const { name, uid, tokenRequired, ...settings } = body
    checkTemplates(settings)
    const fields = {
      settings,
      ...(name !== undefined && { name }),
      ...(uid !== undefined && { uid }),
      ...(tokenRequired !== undefined && { tokenRequired }),
    }
    const flow = await patchFlow(ctx, scope, { idOrUid: params.flowId, fields })
    return ok(presentFlow(flow, ctx.ingestUrl(origin)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.flow.delete',
  summary: 'Delete a flow',
  tags,
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) => noContent(deleteFlow(ctx, scope, params.flowId)),
})

const rotateToken = endpointRoute({
  method: 'post',
  path: `${ONE}/token/rotate`,
  operationId: 'v1.flow.rotate-token',
  summary: 'Give a flow another token; the one before ends at once',
  tags,
  access: ORGANISATION,
  response: { 200: FlowTokenOut },
  handle: async (ctx, { scope, params }) =>
    ok({ token: await rotateFlowToken(ctx, scope, params.flowId) }),
})

function presentFlow(flow: FlowView, base: string): FlowOut {
  const { id, uid, name, appId, status, refId, mode, tokenRequired } = flow
  const { statusTemplate, valueTemplate, resultEndpointId, createdAt, updatedAt } = flow
  return {
    id,
    uid,
    name,
    appId,
    url: flowUrl(base, id),
    status,
    refId,
    mode,
    tokenRequired,
    statusTemplate,
    valueTemplate,
    resultEndpointId,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

interface Templates {
  readonly statusTemplate?: string
  readonly valueTemplate?: string
}

// Read, not run: what can't even be read is told to whoever writes it.
function checkTemplates({ statusTemplate, valueTemplate }: Templates): void {
  for (const [field, text] of Object.entries({ statusTemplate, valueTemplate })) {
    try {
      if (text !== undefined) parseTemplate(text)
    } catch (err) {
      if (!(err instanceof TemplateFault)) throw err
      throw new InvalidInputError([{ path: ['body', field], message: err.message }])
    }
  }
}

export const flowRoutes = [list, create, get, patch, remove, rotateToken] as const
