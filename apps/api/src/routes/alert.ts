import {
  AlertIn,
  AlertList,
  AlertListQuery,
  AlertMuteIn,
  AlertNotificationList,
  AlertNotificationListQuery,
  AlertNotificationOut,
  AlertOut,
  AlertPatch,
  EndpointSecretOut,
} from '@posthorn/contracts'
import {
  type AlertTargetInput,
  createAlertRule,
  deleteAlertRule,
  getAlertRule,
  listAlertNotifications,
  listAlertRules,
  muteAlertRule,
  revealAlertSecret,
  testAlertRule,
  updateAlertRule,
} from '@posthorn/core/alert'
import type { UrlPolicy } from '@posthorn/safe-http'
import { judgeUrl } from '../http/judge-endpoint.ts'
import { presentAlert, presentAlertNotification } from './alert-presenter.ts'
import { accepted, created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const LIST = '/api/v1/alert'
const ONE = `${LIST}/:alertId` as const
const ORGANISATION = { of: 'organisation' } as const
const tags = ['Alert']
const NEWEST = { order: 'descending' } as const

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.alert.list',
  summary: 'List alert rules with how they stand, newest first',
  tags,
  access: ORGANISATION,
  query: AlertListQuery,
  response: { 200: AlertList },
  handle: async (ctx, { scope, query }) =>
    ok(presentPage(await listAlertRules(ctx, scope, { ...query, ...NEWEST }), presentAlert)),
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.alert.create',
  summary: 'Create an alert rule',
  tags,
  access: ORGANISATION,
  body: AlertIn,
  response: { 201: AlertOut },
  handle: async (ctx, { scope, body }) => {
    const target = judgeTarget(ctx.urlPolicy, body.target)
    return created(presentAlert(await createAlertRule(ctx, scope, { ...body, target })))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.alert.get',
  summary: 'Get an alert rule',
  tags,
  access: ORGANISATION,
  response: { 200: AlertOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentAlert(await getAlertRule(ctx, scope, params.alertId))),
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.alert.patch',
  summary: 'Change an alert rule; a target is replaced as a whole',
  tags,
  access: ORGANISATION,
  body: AlertPatch,
  response: { 200: AlertOut },
  handle: async (ctx, { scope, params, body: { target, ...fields } }) => {
    const judged = target === undefined ? {} : { target: judgeTarget(ctx.urlPolicy, target) }
    const change = { id: params.alertId, ...fields, ...judged }
    return ok(presentAlert(await updateAlertRule(ctx, scope, change)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.alert.delete',
  summary: 'Delete an alert rule with what it told',
  tags,
  access: ORGANISATION,
  response: { 204: null },
  handle: (ctx, { scope, params }) => noContent(deleteAlertRule(ctx, scope, params.alertId)),
})

const test = endpointRoute({
  method: 'post',
  path: `${ONE}/test`,
  operationId: 'v1.alert.test',
  summary: 'Send a test to the target, once; its outcome stands in the notification',
  tags,
  access: ORGANISATION,
  response: { 202: AlertNotificationOut },
  handle: async (ctx, { scope, params }) =>
    accepted(presentAlertNotification(await testAlertRule(ctx, scope, params.alertId))),
})

const mute = endpointRoute({
  method: 'post',
  path: `${ONE}/mute`,
  operationId: 'v1.alert.mute',
  summary: 'Send nothing until a moment, or again from now on',
  tags,
  access: ORGANISATION,
  body: AlertMuteIn,
  response: { 200: AlertOut },
  handle: async (ctx, { scope, params, body: { until } }) =>
    ok(presentAlert(await muteAlertRule(ctx, scope, { id: params.alertId, until }))),
})

const notifications = endpointRoute({
  method: 'get',
  path: `${ONE}/notification`,
  operationId: 'v1.alert.notification.list',
  summary: 'List what a rule told its target, newest first',
  tags,
  access: ORGANISATION,
  query: AlertNotificationListQuery,
  response: { 200: AlertNotificationList },
  handle: async (ctx, { scope, params, query }) => {
    const asked = { id: params.alertId, ...query, ...NEWEST }
    const page = await listAlertNotifications(ctx, scope, asked)
    return ok(presentPage(page, presentAlertNotification))
  },
})

const getSecret = endpointRoute({
  method: 'get',
  path: `${ONE}/secret`,
  operationId: 'v1.alert.get-secret',
  summary: 'Reveal the secret that an alert webhook is signed with',
  tags,
  access: { of: 'administration' },
  response: { 200: EndpointSecretOut },
  handle: async (ctx, { scope, params }) =>
    ok({ key: await revealAlertSecret(ctx, scope, params.alertId) }),
})

function judgeTarget(policy: UrlPolicy, target: AlertIn['target']): AlertTargetInput {
  return target.kind === 'email' ? target : { ...target, ...judgeUrl(policy, target.url) }
}

export const alertRoutes = [
  list,
  create,
  get,
  patch,
  remove,
  test,
  mute,
  notifications,
  getSecret,
] as const
