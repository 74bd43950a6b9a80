import {
  PathName,
  MessageContentQuery,
  MessageIn,
  MessageOut,
  type OpenApiRoute,
} from '@posthorn/contracts'
import * as z from 'zod'

/** The publish as the API document describes it; it is served before the table, by publish/publish-request.ts. */
export const publishDocument: OpenApiRoute = {
  method: 'post',
  path: '/api/v1/app/:appId/msg',
  operationId: 'v1.message.create',
  summary: 'Create Message',
  tags: ['Message'],
  params: z.object({ appId: PathName }),
  query: MessageContentQuery,
  body: MessageIn,
  response: { 202: MessageOut },
  security: 'bearer',
}
