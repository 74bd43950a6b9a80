import {
  EventTypeDeleteQuery,
  EventTypeIn,
  EventTypeList,
  EventTypeListQuery,
  EventTypeName,
  EventTypeOut,
  EventTypePatch,
  EventTypeUpdate,
  parseRequest,
} from '@posthorn/contracts'
import {
  createEventType,
  deleteEventType,
  getEventType,
  listEventTypes,
  type OrgScope,
  patchEventType,
  type Principal,
  upsertEventType,
} from '@posthorn/core'
import { afterCommit } from '@posthorn/db'
import * as z from 'zod'
import type { ApiContext } from '../context.ts'
import { refuseBadSchemas } from '../http/judge-schemas.ts'
import { created, endpointRoute, ok } from './endpoint-route.ts'
import { presentEventType, presentEventTypes } from './event-type-presenter.ts'

const LIST = '/api/v1/event-type'
const ONE = `${LIST}/:name` as const
const ORGANISATION = { of: 'organisation' } as const
// The catalog is the same for every application.
const VIEW = { of: 'either', capability: 'ViewBase', keepsToLimit: true } as const
const tags = ['Event Type']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.event-type.list',
  summary: 'List event types',
  tags,
  access: VIEW,
  query: EventTypeListQuery,
  response: { 200: EventTypeList },
  handle: async (ctx, { scope, principal, query }) => {
    const { limit, iterator, include_archived: includeArchived } = query
    const page = { limit, iterator, order: 'ascending' as const }
    const view = { includeArchived, flags: flagsOf(principal) }
    return ok(
      presentEventTypes(await listEventTypes(ctx, scope, { page, view }), query.with_content),
    )
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.event-type.create',
  summary: 'Create an event type',
  tags,
  access: ORGANISATION,
  body: EventTypeIn,
  response: { 201: EventTypeOut },
  handle: async (ctx, { scope, body: { name, ...body } }) => {
    const fields = { ...body, featureFlags: body.featureFlags ?? [] }
    await refuseBadSchemas(ctx.validator, fields.schemas)
    const eventType = await createEventType(ctx, scope, { name, fields })
    forgetSchemas(ctx, scope)
    return created(presentEventType(eventType))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.event-type.get',
  summary: 'Get an event type',
  tags,
  access: VIEW,
  response: { 200: EventTypeOut },
  handle: async (ctx, { scope, principal, params }) => {
    const asked = { name: params.name, flags: flagsOf(principal) }
    return ok(presentEventType(await getEventType(ctx, scope, asked)))
  },
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.event-type.upsert',
  summary: 'Replace an event type, or create one',
  tags,
  access: ORGANISATION,
  body: EventTypeUpdate,
  response: { 200: EventTypeOut, 201: EventTypeOut },
  handle: async (ctx, { scope, params, body }) => {
    const fields = { ...body, featureFlags: body.featureFlags ?? [] }
    const name = readName(params.name)
    await refuseBadSchemas(ctx.validator, fields.schemas)
    const saved = await upsertEventType(ctx, scope, { name, fields })
    forgetSchemas(ctx, scope)
    return (saved.isCreated ? created : ok)(presentEventType(saved.eventType))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.event-type.patch',
  summary: 'Change some fields of an event type',
  tags,
  access: ORGANISATION,
  body: EventTypePatch,
  response: { 200: EventTypeOut },
  handle: async (ctx, { scope, params, body: { featureFlags, ...rest } }) => {
    const fields = {
      ...rest,
      ...(featureFlags === undefined ? {} : { featureFlags: featureFlags ?? [] }),
    }
    await refuseBadSchemas(ctx.validator, fields.schemas ?? null)
    const eventType = await patchEventType(ctx, scope, { name: params.name, fields })
    forgetSchemas(ctx, scope)
    return ok(presentEventType(eventType))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.event-type.delete',
  summary: 'Archive an event type, or delete it for good',
  tags,
  access: ORGANISATION,
  query: EventTypeDeleteQuery,
  response: { 204: null },
  handle: async (ctx, { scope, params, query }) => {
    await deleteEventType(ctx, scope, { name: params.name, expunge: query.expunge })
    forgetSchemas(ctx, scope)
    return { status: 204 }
  },
})

const Path = z.object({ event_type_name: EventTypeName })

/** A type may be created under the name of the path, so that is judged as a name. */
function readName(name: string): string {
  return parseRequest(Path, { event_type_name: name }, 'path').event_type_name
}

/** The announcement reaches the other processes in a moment; this one must not answer before it knows. */
function forgetSchemas(ctx: ApiContext, scope: OrgScope): void {
  afterCommit(ctx.db, () => ctx.schemas.forget(scope.orgId))
}

/** A portal sees what has no flag, and what its token's flags open. */
function flagsOf(principal: Principal): ReadonlySet<string> | null {
  return principal.kind === 'portal' ? principal.featureFlags : null
}

export const eventTypeRoutes = [list, create, get, put, patch, remove] as const
