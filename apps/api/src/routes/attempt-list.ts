import {
  AttemptedDestinationsQuery,
  AttemptedMessagesQuery,
  AttemptsByEndpointQuery,
  AttemptsByMessageQuery,
  EndpointMessageList,
  PathName,
  MessageAttemptList,
  MessageEndpointList,
} from '@posthorn/contracts'
import {
  listAttemptedEndpoints,
  listAttemptedMessages,
  type ListAttemptsInput,
  listEndpointAttempts,
  listMessageAttempts,
} from '@posthorn/core'
import * as z from 'zod'
import {
  presentAttemptedEndpoints,
  presentAttemptedMessages,
  presentAttempts,
} from './attempt-presenter.ts'
import { progressShownAs } from './delivery-status.ts'
import { filterOfQuery, pageOfQuery } from './reading-query.ts'
import { ok, type ReadingInput, readingRoute } from './reading-route.ts'

const tags = ['Message Attempt']
const EndpointParams = z.object({ appId: PathName, endpointId: PathName })
const MessageParams = z.object({ appId: PathName, msgId: PathName })
const MessageEndpointParams = MessageParams.extend({ endpointId: PathName })

const listByEndpoint = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/attempt/endpoint/:endpointId',
  operationId: 'v1.message-attempt.list-by-endpoint',
  summary: 'List Attempts By Endpoint',
  tags,
  capability: 'ViewBase',
  params: EndpointParams,
  query: AttemptsByEndpointQuery,
  response: { 200: MessageAttemptList },
  handle: async (ctx, { scope, params, query }) => {
    const asked = { ...attemptsOf(query), withMessage: query.with_msg, endpoint: params.endpointId }
    return ok(presentAttempts(await listEndpointAttempts(ctx, scope, asked), query.with_content))
  },
})

const listByMessage = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/attempt/msg/:msgId',
  operationId: 'v1.message-attempt.list-by-msg',
  summary: 'List Attempts By Msg',
  tags,
  capability: 'ViewBase',
  params: MessageParams,
  query: AttemptsByMessageQuery,
  response: { 200: MessageAttemptList },
  handle: (ctx, input) => listOfMessage(ctx, input, input.query.endpoint_id),
})

const listByMessageDeprecated = readingRoute({
  ...listByMessage,
  path: '/api/v1/app/:appId/msg/:msgId/attempt',
  operationId: 'v1.message-attempt.list-by-msg-deprecated',
})

const listByMessageAndEndpointDeprecated = readingRoute({
  ...listByMessage,
  path: '/api/v1/app/:appId/msg/:msgId/endpoint/:endpointId/attempt',
  operationId: 'v1.message-attempt.list-by-endpoint-deprecated',
  params: MessageEndpointParams,
  handle: (ctx, input) => listOfMessage(ctx, input, input.params.endpointId),
})

type MessageInput = ReadingInput<typeof MessageParams, typeof AttemptsByMessageQuery>

async function listOfMessage(
  ctx: Parameters<typeof listMessageAttempts>[0],
  { scope, params, query }: MessageInput,
  endpoint: string | undefined,
) {
  const asked = { ...attemptsOf(query), withMessage: false, message: params.msgId, endpoint }
  return ok(presentAttempts(await listMessageAttempts(ctx, scope, asked), query.with_content))
}

function attemptsOf(query: AttemptsByMessageQuery): Omit<ListAttemptsInput, 'withMessage'> {
  return {
    page: pageOfQuery(query),
    filter: { ...filterOfQuery(query), statusClass: query.status_code_class, code: query.cause },
    status: progressShownAs(query.status, true)?.[0],
    withContent: query.with_content,
  }
}

const listMessagesOfEndpoint = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/endpoint/:endpointId/msg',
  operationId: 'v1.message-attempt.list-attempted-messages',
  summary: 'List Attempted Messages',
  tags,
  capability: 'ViewBase',
  params: EndpointParams,
  query: AttemptedMessagesQuery,
  response: { 200: EndpointMessageList },
  handle: async (ctx, { scope, params, query }) => {
    const shown = { withContent: query.with_content, isExpanded: query.expanded_statuses }
    const progress = progressShownAs(query.status, shown.isExpanded)
    const page = await listAttemptedMessages(ctx, scope, {
      endpoint: params.endpointId,
      page: pageOfQuery(query),
      filter: { ...filterOfQuery(query), progress },
      withContent: shown.withContent,
    })
    return ok(presentAttemptedMessages(page, shown))
  },
})

const listEndpointsOfMessage = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/msg/:msgId/endpoint',
  operationId: 'v1.message-attempt.list-attempted-destinations',
  summary: 'List Attempted Destinations',
  tags,
  capability: 'ViewBase',
  params: MessageParams,
  query: AttemptedDestinationsQuery,
  response: { 200: MessageEndpointList },
  handle: async (ctx, { scope, params, query }) => {
    const page = await listAttemptedEndpoints(ctx, scope, { message: params.msgId, page: query })
    return ok(presentAttemptedEndpoints(page))
  },
})

export const attemptListRoutes = [
  listByEndpoint,
  listByMessage,
  listMessagesOfEndpoint,
  listEndpointsOfMessage,
  listByMessageDeprecated,
  listByMessageAndEndpointDeprecated,
]
