import {
  ApplicationCreateQuery,
  ApplicationIn,
  ApplicationList,
  ApplicationListQuery,
  ApplicationOut,
  ApplicationPatch,
} from '@posthorn/contracts'
import {
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  patchApplication,
  upsertApplication,
} from '@posthorn/core'
import { presentApplication, presentApplications } from './application-presenter.ts'
import { created, endpointRoute, ok } from './endpoint-route.ts'

const LIST = '/api/v1/app'
const ONE = `${LIST}/:appId` as const
const ORGANISATION = { of: 'organisation' } as const
const tags = ['Application']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.application.list',
  summary: 'List applications',
  tags,
  access: { of: 'organisation', keepsToLimit: true },
  query: ApplicationListQuery,
  response: { 200: ApplicationList },
  handle: async (ctx, { scope, query: { order = 'ascending', limit, iterator, ...query } }) => {
    const exclude = {
      withoutEndpoints: query.exclude_apps_with_no_endpoints,
      withDisabledEndpoints: query.exclude_apps_with_disabled_endpoints,
      withPlayEndpoints: query.exclude_apps_with_svix_play_endpoints,
    }
    const page = { limit, iterator, order }
    return ok(presentApplications(await listApplications(ctx, scope, { page, exclude })))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.application.create',
  summary: 'Create an application',
  tags,
  access: ORGANISATION,
  query: ApplicationCreateQuery,
  body: ApplicationIn,
  response: { 200: ApplicationOut, 201: ApplicationOut },
  handle: async (ctx, { scope, query, body }) => {
    const creation = { fields: body, getIfExists: query.get_if_exists }
    const { application, isCreated } = await createApplication(ctx, scope, creation)
    return (isCreated ? created : ok)(presentApplication(application))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.application.get',
  summary: 'Get an application',
  tags,
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: ApplicationOut },
  handle: async (ctx, { scope }) =>
    ok(presentApplication(await getApplication(ctx, scope, scope.appId))),
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.application.upsert',
  summary: 'Replace an application, or create one',
  tags,
  access: ORGANISATION,
  body: ApplicationIn,
  response: { 200: ApplicationOut, 201: ApplicationOut },
  handle: async (ctx, { scope, params, body }) => {
    const input = { idOrUid: params.appId, fields: body }
    const { application, isCreated } = await upsertApplication(ctx, scope, input)
    return (isCreated ? created : ok)(presentApplication(application))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.application.patch',
  summary: 'Change some fields of an application',
  tags,
  access: ORGANISATION,
  body: ApplicationPatch,
  response: { 200: ApplicationOut },
  handle: async (ctx, { scope, params, body }) => {
    const input = { idOrUid: params.appId, fields: body }
    return ok(presentApplication(await patchApplication(ctx, scope, input)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.application.delete',
  summary: 'Delete an application',
  tags,
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) => {
    await deleteApplication(ctx, scope, params.appId)
    // Its portal tokens end with it.
    ctx.authenticator.forget()
    return { status: 204 }
  },
})

export const applicationRoutes = [list, create, get, put, patch, remove] as const
