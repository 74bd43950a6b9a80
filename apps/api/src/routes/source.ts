import {
  LearnedSecretOut,
  RotateTokenOut,
  SourceDeleteQuery,
  SourceIn,
  SourceList,
  SourceListQuery,
  SourceOut,
  SourcePatch,
  SourceQuery,
  TriggeredEndpointsOut,
} from '@posthorn/contracts/ingest'
import {
  createSource,
  DEFAULT_OPTIONS,
  deleteSource,
  FLOW_TYPE,
  ForbiddenError,
  getSource,
  getSourcesReceived,
  InvalidInputError,
  listSources,
  patchSource,
  rotateSourceToken,
} from '@posthorn/core'
import {
  deleteSourceWithTriggered,
  listTriggeredEndpoints,
  showLearnedSecret,
} from '@posthorn/core/ingest'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentOwn } from './own-source-presenter.ts'
import { presentPage } from './page-presenter.ts'
import { splitConfig } from './source-config.ts'
import { receivingUrl } from './source-presenter.ts'

const LIST = '/api/v1/source'
const ONE = `${LIST}/:sourceId` as const
const READING = { of: 'either', capability: 'ViewSources' } as const
const CHANGING = { of: 'either', capability: 'ManageSources' } as const
const tags = ['Source']

const TWICE_FAULT = { path: ['body', 'configChanges'], message: 'Instead of `config`: one of both' }

/** They have settings that are checked by an API of their own. */
const FLOW_FAULT = { path: ['body', 'type'], message: 'Flows are made by their own operation' }

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.source.list',
  summary: 'List sources of every type',
  tags,
  access: READING,
  query: SourceListQuery,
  response: { 200: SourceList },
  handle: async (ctx, { scope, origin, query }) => {
    const { order = 'descending', with_received: withReceived, ...page } = query
    const sources = await listSources(ctx, scope, { ...page, order })
    const received = withReceived ? await getSourcesReceived(ctx, sources.items) : null
    const base = ctx.ingestUrl(origin)
    return ok(presentPage(sources, (source) => presentOwn(source, { base, received })))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.source.create',
  summary: 'Create a source of any type',
  tags,
  access: CHANGING,
  body: SourceIn,
  response: { 201: SourceOut },
  handle: async (ctx, { scope, origin, body }) => {
    const { application = null, uid = null, metadata = {}, name, type, options } = body
    if (type === FLOW_TYPE) throw new InvalidInputError([FLOW_FAULT])
    const given = settingsOf(type, body)
    const source = await createSource(ctx, scope, {
      application,
      uid,
      name,
      type,
      metadata,
      config: given.config ?? {},
      secrets: given.secrets ?? [],
      awaitsSecret: body.secrets?.length === 0,
      options: { ...DEFAULT_OPTIONS, ...options },
    })
    return created(presentOwn(source, { base: ctx.ingestUrl(origin) }))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.source.get',
  summary: 'Get a source',
  tags,
  access: READING,
  query: SourceQuery,
  response: { 200: SourceOut },
  handle: async (ctx, { scope, origin, params, query }) => {
    const source = await getSource(ctx, scope, params.sourceId)
    const received = query.with_received ? await getSourcesReceived(ctx, [source]) : null
    return ok(presentOwn(source, { base: ctx.ingestUrl(origin), received }))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.source.patch',
  summary: 'Change a source: what is left out stays',
  tags,
  access: CHANGING,
  body: SourcePatch,
  response: { 200: SourceOut },
  handle: async (ctx, { scope, origin, params, body }) => {
    const { type } = await getSource(ctx, scope, params.sourceId)
    const { config: _config, secrets: _secrets, ...rest } = body
    if (body.config !== undefined && body.configChanges !== undefined)
      throw new InvalidInputError([TWICE_FAULT])
    const fields = { ...rest, ...settingsOf(type, body) }
    const source = await patchSource(ctx, scope, { idOrUid: params.sourceId, fields })
    return ok(presentOwn(source, { base: ctx.ingestUrl(origin) }))
  },
})

const rotateToken = endpointRoute({
  method: 'post',
  path: `${ONE}/token/rotate`,
  operationId: 'v1.source.rotate-token',
  summary: 'Give a source another URL; the one in use works for 48 more hours',
  tags,
  access: CHANGING,
  response: { 200: RotateTokenOut },
  handle: async (ctx, { scope, origin, params }) => {
    const rotated = await rotateSourceToken(ctx, scope, params.sourceId)
    return ok({ ingestUrl: receivingUrl(ctx.ingestUrl(origin), rotated) })
  },
})

const showSecret = endpointRoute({
  method: 'post',
  path: `${ONE}/secret/show`,
  operationId: 'v1.source.show-learned-secret',
  summary: 'Show the secret that the provider brought, until the first verified request',
  tags,
  access: CHANGING,
  response: { 200: LearnedSecretOut },
  handle: async (ctx, { scope, params }) =>
    ok({ secret: await showLearnedSecret(ctx, scope, params.sourceId) }),
})

const listTriggered = endpointRoute({
  method: 'get',
  path: `${ONE}/triggered`,
  operationId: 'v1.source.list-triggered',
  summary: 'List the endpoints that are subscribed to a source by name',
  tags,
  access: READING,
  response: { 200: TriggeredEndpointsOut },
  handle: async (ctx, { scope, params }) =>
    ok({ data: await listTriggeredEndpoints(ctx, scope, params.sourceId) }),
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.source.delete',
  summary: 'Delete a source; its URLs end at once',
  tags,
  access: CHANGING,
  query: SourceDeleteQuery,
  response: { 204: null },
  handle: async (ctx, { scope, principal, params: { sourceId }, query }) => {
    if (!query.include_triggered) return noContent(deleteSource(ctx, scope, sourceId))
    if (principal.kind === 'portal' && !principal.capabilities.has('ManageEndpoint'))
      throw new ForbiddenError('This token may not delete endpoints.')
    return noContent(deleteSourceWithTriggered(ctx, scope, sourceId))
  },
})

type Given = Pick<SourcePatch, 'config' | 'secrets'>

/** What was left out is absent: as it is. */
function settingsOf(type: string, { config, secrets }: Given) {
  const split = config === undefined ? null : splitConfig(type, config)
  const inConfig = split?.secrets ?? null
  if (secrets !== undefined && inConfig !== null)
    throw new InvalidInputError([
      { path: ['body', 'secrets'], message: 'Stands in `config` too: one of both' },
    ])
  const live = secrets ?? inConfig
  return { ...(split && { config: split.config }), ...(live && { secrets: live }) }
}

export const sourceRoutes = [
  list,
  create,
  get,
  patch,
  rotateToken,
  showSecret,
  listTriggered,
  remove,
] as const
