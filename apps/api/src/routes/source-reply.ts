import { SourceReplyIn } from '@posthorn/contracts/ingest'
import { getSourceScope } from '@posthorn/core'
import { makeReply } from '@posthorn/core/ingest'
import { endpointRoute, noContent } from './endpoint-route.ts'

const reply = endpointRoute({
  method: 'post',
  path: '/api/v1/source/:sourceId/reply/:replyId',
  operationId: 'v1.source.reply',
  summary: 'Answer the caller who waits, by the message’s id: of several replies the first wins',
  tags: ['Source'],
  access: { of: 'organisation' },
  body: SourceReplyIn,
  response: { 204: null },
  handle: async (ctx, { scope: organisation, params, body }) => {
    const { sourceId, ...scope } = await getSourceScope(ctx, organisation, params.sourceId)
    return noContent(makeReply(ctx, scope, { sourceId, replyId: params.replyId, reply: body }))
  },
})

export const sourceReplyRoutes = [reply] as const
