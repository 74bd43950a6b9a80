import {
  PathName,
  MessageContentQuery,
  MessageList,
  MessageListQuery,
  MessageOut,
} from '@posthorn/contracts'
import { expungeMessageContent, getMessage, listMessages, tellMessageFacts } from '@posthorn/core'
import * as z from 'zod'
import { progressShownAs } from './delivery-status.ts'
import { presentMessages, presentOneMessage } from './message-presenter.ts'
import { filterOfQuery, pageOfQuery } from './reading-query.ts'
import { NO_CONTENT, ok, readingRoute } from './reading-route.ts'

const tags = ['Message']
const MessageParams = z.object({ appId: PathName, msgId: PathName })

const list = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/msg',
  operationId: 'v1.message.list',
  summary: 'List Messages',
  tags,
  capability: 'ViewBase',
  params: z.object({ appId: PathName }),
  query: MessageListQuery,
  response: { 200: MessageList },
  handle: async (ctx, { scope, query }) => {
    const withContent = query.with_content
    const withDeliveries = query.with_deliveries
    const page = pageOfQuery(query)
    const progress = progressShownAs(query.status, query.expanded_statuses)
    const asked = { page, filter: filterOfQuery(query), progress, withContent, withDeliveries }
    return ok(presentMessages(await listMessages(ctx, scope, asked), withContent))
  },
})

const get = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/msg/:msgId',
  operationId: 'v1.message.get',
  summary: 'Get Message',
  tags,
  capability: 'ViewBase',
  params: MessageParams,
  query: MessageContentQuery,
  response: { 200: MessageOut },
  handle: async (ctx, { scope, params, query }) => {
    const withContent = query.with_content
    const message = await getMessage(ctx, scope, { message: params.msgId, withContent })
    const keeping = {
      db: ctx.db,
      clock: ctx.clock,
      environmentDays: ctx.installation.retentionDays,
    }
    const facts = await tellMessageFacts(keeping, scope, message.id)
    return ok(presentOneMessage(message, facts, withContent))
  },
})

const expunge = readingRoute({
  method: 'delete',
  path: '/api/v1/app/:appId/msg/:msgId/content',
  operationId: 'v1.message.expunge-content',
  summary: 'Delete message payload',
  tags,
  capability: null,
  params: MessageParams,
  query: z.object({}),
  response: { 204: null },
  handle: async (ctx, { scope, params }) => {
    await expungeMessageContent(ctx, scope, params.msgId)
    return NO_CONTENT
  },
})

export const messageReadRoutes = [list, get, expunge]
