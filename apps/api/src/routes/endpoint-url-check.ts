import {
  EndpointUrlCheckIn,
  EndpointUrlCheckOut,
  type EndpointUrlWarning,
} from '@posthorn/contracts'
import { findSameUrl } from '@posthorn/core/endpoint-care'
import type { UrlLookup } from '@posthorn/safe-http'
import { endpointRoute, ok } from './endpoint-route.ts'

const check = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/endpoint/check-url',
  operationId: 'v1.endpoint.check-url',
  summary: 'Whether an endpoint may have a URL, before it is saved',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointUrlCheckIn,
  response: { 200: EndpointUrlCheckOut },
  handle: async (ctx, { scope, body }) => {
    const { url, fault, lookup } = await ctx.checkUrl(body.url)
    const input = { url: url ?? body.url, endpointId: body.endpointId ?? null }
    const isUsed = (await findSameUrl(ctx, scope, input)).length > 0
    const { inbox } = ctx.installation
    return ok({
      fault: fault === null ? null : { rule: fault.rule, message: fault.fault },
      warnings: [...warningsOf(lookup), ...(isUsed ? ['url_used' as const] : [])],
      testReceiverUrl: inbox && isOwnMachine(body.url) ? `${inbox.url}/${scope.appId}` : null,
    })
  },
})

function warningsOf(lookup: UrlLookup): EndpointUrlWarning[] {
  return lookup === 'public' || lookup === 'not_looked_up' ? [] : [lookup]
}

function isOwnMachine(text: string): boolean {
  const host = URL.parse(text)?.hostname ?? ''
  return /^(?:(?:.+\.)?localhost|127\..+|\[::1\]|0\.0\.0\.0)$/.test(host)
}

export const endpointUrlCheckRoutes = [check] as const
