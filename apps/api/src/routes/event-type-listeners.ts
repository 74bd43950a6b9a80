import { EventTypeAttemptsOut, EventTypeListenersOut } from '@posthorn/contracts'
import { readAttemptsOfTypes, readListeners } from '@posthorn/core/support'
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

const attempts = endpointRoute({
  method: 'get',
  path: '/api/v1/support/event-type/attempts',
  operationId: 'v1.support.event-type-attempts',
  summary: 'How many attempts each event type made in the last 24 hours',
  tags: ['Support'],
  access: { of: 'organisation' },
  response: { 200: EventTypeAttemptsOut },
  handle: async (ctx, { scope }) => {
    const { types, isPart } = await readAttemptsOfTypes(ctx, scope)
    return ok({ data: [...types], isPart })
  },
})

export const eventTypeListenersRoutes = [listeners, attempts] as const
