import { ExpungeAllContentsOut } from '@posthorn/contracts'
import { purgeApplicationContent } from '@posthorn/core'
import { presentStartedTask } from './background-task-presenter.ts'
import { accepted, endpointRoute } from './endpoint-route.ts'

export const expungeAllContents = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/msg/expunge-all-contents',
  operationId: 'v1.message.expunge-all-contents',
  summary: 'Delete the payloads of all messages so far, and what receivers answered',
  tags: ['Message'],
  access: { of: 'application', capability: null },
  response: { 202: ExpungeAllContentsOut },
  handle: async (ctx, { scope }) =>
    accepted(presentStartedTask(await purgeApplicationContent(ctx, scope))),
})
