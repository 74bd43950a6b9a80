import { EventTypeListenersOut } from '@posthorn/contracts'
import { readListeners } from '@posthorn/core/support'
import { endpointRoute, ok } from './endpoint-route.ts'

const listeners = endpointRoute({
  method: 'get',
  path: '/api/v1/support/event-type/:name/listeners',
  operationId: 'v1.support.event-type-listeners',
  summary: 'Who has chosen an event type',
  tags: ['Support'],
  access: { of: 'organisation' },
  response: { 200: EventTypeListenersOut },
  handle: async (ctx, { scope, params: { name } }) => {
    const { applications, ...counts } = await readListeners(ctx, scope, name)
    return ok({ ...counts, applications: [...applications] })
  },
})

export const eventTypeListenersRoutes = [listeners] as const
