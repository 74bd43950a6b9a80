import { AttemptGetQuery, EmptyResponse, PathName, MessageAttemptOut } from '@posthorn/contracts'
import {
  describeSentRequest,
  expungeAttemptContent,
  getAttempt,
  resendMessage,
  tellDoneBy,
  tellTask,
} from '@posthorn/core'
import * as z from 'zod'
import { presentAttempt, presentRequest } from './attempt-presenter.ts'
import { presentTrace } from './attempt-trace-presenter.ts'
import { presentDoneBy } from './done-by-presenter.ts'
import { NO_CONTENT, ok, readingRoute } from './reading-route.ts'

const tags = ['Message Attempt']
const AttemptParams = z.object({ appId: PathName, msgId: PathName, attemptId: PathName })

const get = readingRoute({
  method: 'get',
  path: '/api/v1/app/:appId/msg/:msgId/attempt/:attemptId',
  operationId: 'v1.message-attempt.get',
  summary: 'Get Attempt',
  tags,
  capability: 'ViewBase',
  params: AttemptParams,
  query: AttemptGetQuery,
  response: { 200: MessageAttemptOut },
  handle: async (ctx, { scope, params: { msgId, attemptId } }) => {
    const attempt = await getAttempt(ctx, scope, { message: msgId, attemptId })
    const request = presentRequest(await describeSentRequest(ctx, scope, attempt))
    const by = presentDoneBy(await tellDoneBy(ctx, scope, attempt.actor))
    const taskId = await tellTask(ctx, scope, attempt.taskId)
    const trace = presentTrace(attempt, scope)
    return ok(JSON.stringify({ ...presentAttempt(attempt), request, by, taskId, trace }))
  },
})

const expunge = readingRoute({
  method: 'delete',
  path: '/api/v1/app/:appId/msg/:msgId/attempt/:attemptId/content',
  operationId: 'v1.message-attempt.expunge-content',
  summary: 'Delete attempt response body',
  tags,
  capability: null,
  params: AttemptParams,
  query: z.object({}),
  response: { 204: null },
  handle: async (ctx, { scope, params: { msgId, attemptId } }) => {
    await expungeAttemptContent(ctx, scope, { message: msgId, attemptId })
    return NO_CONTENT
  },
})

const resend = readingRoute({
  method: 'post',
  path: '/api/v1/app/:appId/msg/:msgId/endpoint/:endpointId/resend',
  operationId: 'v1.message-attempt.resend',
  summary: 'Resend Webhook',
  tags,
  capability: 'CreateAttempts',
  params: z.object({ appId: PathName, msgId: PathName, endpointId: PathName }),
  query: z.object({}),
  response: { 202: EmptyResponse },
  handle: async (ctx, { scope, params: { msgId, endpointId } }) => {
    await resendMessage(ctx, scope, { message: msgId, endpoint: endpointId })
    return { status: 202, json: '{}' }
  },
})

export const attemptRoutes = [get, expunge, resend]
