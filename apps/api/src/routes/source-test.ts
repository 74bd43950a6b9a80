import { SourceTestIn, SourceTestOut } from '@posthorn/contracts/ingest'
import { noteSourceTest } from '@posthorn/core'
import { callReceivingUrl } from '../http/call-receiving-url.ts'
import { endpointRoute, ok } from './endpoint-route.ts'
import { receivingUrl } from './source-presenter.ts'

const test = endpointRoute({
  method: 'post',
  path: '/api/v1/source/:sourceId/test',
  operationId: 'v1.source.test',
  summary: 'Call the receiving URL as anybody could, and tell what it answers',
  tags: ['Source'],
  access: { of: 'either', capability: 'ManageSources' },
  body: SourceTestIn,
  response: { 200: SourceTestOut },
  handle: async (ctx, { scope, params, body }) => {
    const source = await noteSourceTest(ctx, scope, params.sourceId)
    ctx.limitExamples(source.id)
    return ok(await callReceivingUrl(receivingUrl(ctx.ingestCallUrl, source), body))
  },
})

export const sourceTestRoutes = [test] as const
