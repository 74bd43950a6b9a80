import {
  EndpointHistoryList,
  type EndpointHistoryOut,
  EndpointHistoryQuery,
} from '@posthorn/contracts'
import { type EndpointHistoryEntry, listEndpointHistory } from '@posthorn/core/endpoint-care'
import * as z from 'zod'
import { endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/endpoint/:endpointId/history',
  operationId: 'v1.endpoint.list-history',
  summary: 'What was done to an endpoint, newest first',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  query: EndpointHistoryQuery,
  response: { 200: EndpointHistoryList },
  handle: async (ctx, { scope, params, query }) => {
    const page = { ...query, order: 'descending' as const }
    const found = await listEndpointHistory(ctx, scope, { idOrUid: params.endpointId, page })
    return ok(presentPage(found, presentEntry))
  },
})

const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
// Names who it was; `by` says as much of that as a customer is told.
const WITHHELD_FIELDS: readonly string[] = ['disabledBy', 'disabledAt']

function presentEntry({ record, by }: EndpointHistoryEntry): EndpointHistoryOut {
  const changes = Changes.safeParse(record.changes).data ?? {}
  const shown = Object.entries(changes).filter(([field]) => !WITHHELD_FIELDS.includes(field))
  return {
    id: record.id,
    by,
    action: record.action,
    changes: Object.fromEntries(shown),
    timestamp: record.createdAt.toISOString(),
  }
}

export const endpointHistoryRoutes = [list] as const
