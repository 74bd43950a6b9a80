import {
  NoticeAddressIn,
  NoticeAddressList,
  NoticeAddressOut,
  NoticeAddressPatch,
} from '@posthorn/contracts/notice-address'
import {
  addNoticeAddress,
  changeNotices,
  listNoticeAddresses,
  NOTICE_ADDRESSES_AT_MOST,
  type NoticeAddressView,
  removeNoticeAddress,
} from '@posthorn/core/notice'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'

const LIST = '/api/v1/app/:appId/notice-address'
const ONE = `${LIST}/:addressId` as const
// Addresses are people's: whoever may only look at endpoints doesn't see them.
const ACCESS = { of: 'application', capability: 'ManageEndpoint' } as const
const tags = ['Notice Address']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.notice-address.list',
  summary: 'List the addresses that get notices by e-mail',
  tags,
  access: ACCESS,
  response: { 200: NoticeAddressList },
  handle: async (ctx, { scope }) =>
    ok({
      isAvailable: ctx.canNotify,
      atMost: NOTICE_ADDRESSES_AT_MOST,
      data: (await listNoticeAddresses(ctx, scope)).map(presentNoticeAddress),
    }),
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.notice-address.create',
  summary: 'Add an address: a mail asks for its confirmation, and nothing else is sent until then',
  tags,
  access: ACCESS,
  body: NoticeAddressIn,
  response: { 201: NoticeAddressOut },
  handle: async (ctx, { scope, body }) =>
    created(presentNoticeAddress(await addNoticeAddress(ctx, scope, body))),
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.notice-address.patch',
  summary: 'Choose what an address is told of',
  tags,
  access: ACCESS,
  body: NoticeAddressPatch,
  response: { 200: NoticeAddressOut },
  handle: async (ctx, { scope, params, body }) =>
    ok(presentNoticeAddress(await changeNotices(ctx, scope, { id: params.addressId, ...body }))),
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.notice-address.delete',
  summary: 'Remove an address: nothing more is mailed to it',
  tags,
  access: ACCESS,
  response: { 204: null },
  handle: (ctx, { scope, params }) => noContent(removeNoticeAddress(ctx, scope, params.addressId)),
})

function presentNoticeAddress(address: NoticeAddressView): NoticeAddressOut {
  const { id, email, notices, language, confirmedAt, confirmBy, createdAt } = address
  return {
    id,
    email,
    notices: [...notices],
    language,
    confirmedAt: confirmedAt?.toISOString() ?? null,
    confirmBy: confirmedAt === null ? confirmBy.toISOString() : null,
    createdAt: createdAt.toISOString(),
  }
}

export const noticeAddressRoutes = [list, create, patch, remove] as const
