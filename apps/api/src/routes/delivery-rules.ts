import { DeliveryRulesOut } from '@posthorn/contracts/delivery-rules'
import { RETRY_JITTER } from '@posthorn/core'
import { endpointRoute, ok } from './endpoint-route.ts'

const get = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/delivery-rules',
  operationId: 'v1.delivery-rules.get',
  summary: 'When what fails is tried again, and which addresses it comes from',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: DeliveryRulesOut },
  handle: (ctx) =>
    Promise.resolve(
      ok({
        retrySchedule: [...ctx.deliverySettings.retrySchedule],
        retryJitter: RETRY_JITTER,
        egressAddresses: [...ctx.installation.egressAddresses],
      }),
    ),
})

export const deliveryRulesRoutes = [get] as const
