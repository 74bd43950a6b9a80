import { MessageAttemptList, OperationalWebhookAttemptListQuery } from '@posthorn/contracts'
import { getOperationalScope, listEndpointAttempts } from '@posthorn/core'
import { presentAttempts } from './attempt-presenter.ts'
import { endpointRoute } from './endpoint-route.ts'
import { pageOfQuery } from './reading-query.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/operational-webhook/endpoint/:endpointId/attempt',
  operationId: 'v1.operational-webhook.endpoint.list-attempts',
  summary: 'List attempts at an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: { of: 'organisation' },
  query: OperationalWebhookAttemptListQuery,
  response: { 200: MessageAttemptList },
  handle: async (ctx, { scope, params, query }) => {
    const own = await getOperationalScope(ctx, scope)
    const asked = {
      endpoint: params.endpointId,
      page: pageOfQuery(query),
      filter: {},
      withContent: false,
      withMessage: false,
    }
    const page = await listEndpointAttempts(ctx, own, asked)
    return { status: 200, body: presentAttempts(page, false) }
  },
})

export const operationalWebhookAttemptRoutes = [list] as const
