import { EndpointFilterPreviewIn, EndpointFilterPreviewOut } from '@posthorn/contracts'
import { previewEndpointFilter } from '@posthorn/core/endpoint-care'
import { endpointRoute, ok } from './endpoint-route.ts'

const preview = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/endpoint/preview-filter',
  operationId: 'v1.endpoint.preview-filter',
  summary: 'How many messages of the last 24 hours a filter would have let through',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointFilterPreviewIn,
  response: { 200: EndpointFilterPreviewOut },
  handle: async (ctx, { scope, body }) => {
    const { since, isCapped, ...counts } = await previewEndpointFilter(ctx, scope, body)
    return ok({ ...counts, since: since.toISOString(), capped: isCapped })
  },
})

export const endpointFilterPreviewRoutes = [preview] as const
