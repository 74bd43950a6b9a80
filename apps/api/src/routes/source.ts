import { SourceIn, SourceList, SourceListQuery, SourceOut, SourcePatch } from '@posthorn/contracts'
import {
  createSource,
  DEFAULT_OPTIONS,
  deleteSource,
  getSource,
  InvalidInputError,
  isUnverified,
  listSources,
  patchSource,
  type SourceView,
} from '@posthorn/core'
import { findProvider } from '@posthorn/providers'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'
import { splitConfig } from './source-config.ts'
import { receivingUrl } from './source-presenter.ts'

const LIST = '/api/v1/source'
const ONE = `${LIST}/:sourceId` as const
const ORGANISATION = { of: 'organisation' } as const
const tags = ['Source']

/** Has settings that are checked by an API of its own. */
const FLOW = 'locoia'
const FLOW_FAULT = { path: ['body', 'type'], message: 'Flows are made by their own operation' }

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.source.list',
  summary: 'List sources of every type',
  tags,
  access: ORGANISATION,
  query: SourceListQuery,
  response: { 200: SourceList },
  handle: async (ctx, { scope, origin, query: { order = 'descending', ...page } }) => {
    const base = ctx.ingestUrl(origin)
    const sources = await listSources(ctx, scope, { ...page, order })
    return ok(presentPage(sources, (source) => presentOwn(source, base)))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.source.create',
  summary: 'Create a source of any type',
  tags,
  access: ORGANISATION,
  body: SourceIn,
  response: { 201: SourceOut },
  handle: async (ctx, { scope, origin, body }) => {
    const { application = null, uid = null, metadata = {}, name, type, options } = body
    if (type === FLOW) throw new InvalidInputError([FLOW_FAULT])
    const given = settingsOf(type, body)
    const source = await createSource(ctx, scope, {
      application,
      uid,
      name,
      type,
      metadata,
      config: given.config ?? {},
      secrets: given.secrets ?? [],
      options: { ...DEFAULT_OPTIONS, ...options },
    })
    return created(presentOwn(source, ctx.ingestUrl(origin)))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.source.get',
  summary: 'Get a source',
  tags,
  access: ORGANISATION,
  response: { 200: SourceOut },
  handle: async (ctx, { scope, origin, params }) =>
    ok(presentOwn(await getSource(ctx, scope, params.sourceId), ctx.ingestUrl(origin))),
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.source.patch',
  summary: 'Change a source: what is left out stays',
  tags,
  access: ORGANISATION,
  body: SourcePatch,
  response: { 200: SourceOut },
  handle: async (ctx, { scope, origin, params, body }) => {
    const { type } = await getSource(ctx, scope, params.sourceId)
    const { config: _config, secrets: _secrets, ...rest } = body
    const fields = { ...rest, ...settingsOf(type, body) }
    const source = await patchSource(ctx, scope, { idOrUid: params.sourceId, fields })
    return ok(presentOwn(source, ctx.ingestUrl(origin)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.source.delete',
  summary: 'Delete a source; its URLs end at once',
  tags,
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) => noContent(deleteSource(ctx, scope, params.sourceId)),
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

function presentOwn(source: SourceView, base: string): SourceOut {
  const { id, uid, name, type, appId, options, metadata } = source
  const { noVerification, dedupeSeconds, rate, bodies, reply } = options
  const provider = findProvider(type)
  return {
    id,
    uid,
    name,
    type,
    appId,
    ingestUrl: receivingUrl(base, source.token),
    settings: Object.keys(source.config).sort(),
    secrets: source.secrets.length,
    options: { noVerification, dedupeSeconds, rate, bodies, reply },
    unverified: provider !== null && isUnverified(provider, source),
    metadata,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString(),
  }
}

export const sourceRoutes = [list, create, get, patch, remove] as const
