import { TrafficCauseList, TrafficCauseQuery } from '@posthorn/contracts'
import { listCauses } from '@posthorn/core'
import { presentNewestAttempt } from './attempt-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/traffic/cause',
  operationId: 'v1.traffic.list-causes',
  summary: 'What the attempts of the last day failed for',
  tags: ['Traffic'],
  access: { of: 'application', capability: 'ViewBase' },
  query: TrafficCauseQuery,
  response: { 200: TrafficCauseList },
  handle: async (ctx, { scope, query: { endpoint, event_type: eventType } }) => {
    const { window, causes, attempts, isPart } = await listCauses(ctx, scope, {
      endpoint,
      eventType,
    })
    return ok({
      since: window.since.toISOString(),
      asOf: window.until.toISOString(),
      attempts,
      isPart,
      data: causes.map(({ count, endpoints, newest }) => {
        const attempt = presentNewestAttempt(newest)
        return { code: attempt.outcome.code, count, endpoints, newest: attempt }
      }),
    })
  },
})

export const trafficCauseRoutes = [list] as const
