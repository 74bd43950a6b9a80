import {
  OrganisationCopyIn,
  OrganisationCopyOut,
  OrganisationIn,
  OrganisationMadeOut,
  OrganisationsOut,
} from '@posthorn/contracts'
import {
  copySettings,
  type CopyPlan,
  createOrganisation,
  listOwnOrganisations,
  type OwnOrganisation,
  planCopy,
  renameOrganisation,
} from '@posthorn/core/staff'
import { afterCommit } from '@posthorn/db'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { staffRoute } from './staff-route.ts'

const USER = { of: 'user' } as const
const ADMINISTRATION = { of: 'administration' } as const
const tags = ['Organisation']

const list = staffRoute({
  method: 'get',
  path: '/api/v1/staff/organisation',
  operationId: 'v1.staff.organisation.list',
  summary: 'List the organisations that one is a member of',
  access: USER,
  response: { 200: OrganisationsOut },
  handle: async (ctx, { signedIn }) => {
    const own = await listOwnOrganisations(ctx, signedIn.user.id)
    return ok({ data: own.map(presentOrganisation) })
  },
})

const create = staffRoute({
  method: 'post',
  path: '/api/v1/staff/organisation',
  operationId: 'v1.staff.organisation.create',
  summary: 'Create an organisation and own it; only an owner of another one may',
  access: USER,
  body: OrganisationIn,
  response: { 201: OrganisationMadeOut },
  handle: async (ctx, { signedIn, scope, body }) => {
    const { requestId, address } = scope
    const by = { userId: signedIn.user.id, requestId, address }
    const id = await createOrganisation(ctx, { ...body, ...by })
    return created({ id })
  },
})

const rename = endpointRoute({
  method: 'patch',
  path: '/api/v1/organisation',
  operationId: 'v1.organisation.rename',
  summary: 'Name the organisation',
  tags,
  access: ADMINISTRATION,
  body: OrganisationIn,
  response: { 204: null },
  handle: (ctx, { scope, body }) => noContent(renameOrganisation(ctx, scope, body.name)),
})

const copy = endpointRoute({
  method: 'post',
  path: '/api/v1/organisation/copy',
  operationId: 'v1.organisation.copy',
  summary: 'Show what differs from another organisation, or copy exactly what was shown',
  tags,
  access: ADMINISTRATION,
  body: OrganisationCopyIn,
  response: { 200: OrganisationCopyOut },
  handle: async (ctx, { scope, body: { from: fromOrgId, digest } }) => {
    if (digest == null) return ok(presentPlan(await planCopy(ctx, scope, fromOrgId)))
    const items = await copySettings(ctx, scope, { fromOrgId, digest })
    afterCommit(ctx.db, () => ctx.schemas.forget(scope.orgId))
    return ok({ items, total: items.length, untouched: [], digest: null, isDone: true })
  },
})

function presentOrganisation({ orgId, name, role, eventTypes, createdAt }: OwnOrganisation) {
  return { id: orgId, name, role, eventTypes, createdAt: createdAt.toISOString() }
}

function presentPlan({ items, total, onlyThere, digest }: CopyPlan) {
  return { items, total, untouched: onlyThere, digest, isDone: false }
}

export const organisationRoutes = [list, create, rename, copy] as const
