import {
  type TestReceived,
  TestReceiverAnswer,
  TestReceiverOut,
  TestReceiverQuery,
} from '@posthorn/contracts'
import { type AppScope, NotFoundError } from '@posthorn/core'
import {
  recordTestReceiverAnswer,
  type ReceivedVerdict,
  verifyReceived,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { askInbox, type InboxEntry, type InboxReceiver } from '../test-receiver/inbox-client.ts'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/test-receiver'
const ACCESS = { of: 'application', capability: null } as const
const tags = ['Test receiver']

const NO_RECEIVER = { url: null, answer: null, endpointIds: [], received: [], ids: [] }

const read = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.test-receiver.get',
  summary: 'What arrived at the built-in receiver of an application',
  tags,
  access: ACCESS,
  query: TestReceiverQuery,
  response: { 200: TestReceiverOut },
  handle: async (ctx, { scope, query }) => {
    const { inbox } = ctx.installation
    if (inbox === null) return ok(NO_RECEIVER)
    const receiver = await askInbox(inbox, scope.appId, { method: 'GET', after: query.after })
    return ok(await presentReceiver(ctx, scope, { url: `${inbox.url}/${scope.appId}`, receiver }))
  },
})

const setAnswer = endpointRoute({
  method: 'put',
  path: `${PATH}/answer`,
  operationId: 'v1.test-receiver.set-answer',
  summary: 'What the receiver answers from now on, and how late',
  tags,
  access: ACCESS,
  body: TestReceiverAnswer,
  response: { 204: null },
  handle: async (ctx, { scope, body }) => {
    await askInbox(inboxOf(ctx), scope.appId, { method: 'PUT', body })
    return noContent(recordTestReceiverAnswer(ctx, scope, body))
  },
})

const clear = endpointRoute({
  method: 'delete',
  path: `${PATH}/received`,
  operationId: 'v1.test-receiver.clear',
  summary: 'Forget what arrived at the receiver',
  tags,
  access: ACCESS,
  response: { 204: null },
  handle: async (ctx, { scope }) => {
    await askInbox(inboxOf(ctx), scope.appId, { method: 'DELETE' })
    return { status: 204 }
  },
})

function inboxOf({ installation: { inbox } }: ApiContext) {
  if (inbox === null) throw new NotFoundError('This installation has no test receiver.')
  return inbox
}

interface Found {
  readonly url: string
  readonly receiver: InboxReceiver
}

async function presentReceiver(
  ctx: ApiContext,
  scope: AppScope,
  { url, receiver: { answer, ids, entries } }: Found,
): Promise<TestReceiverOut> {
  const received = entries.map((entry) => ({
    headers: Object.fromEntries(entry.headers),
    body: Buffer.from(entry.body, 'base64'),
    receivedAtMs: Date.parse(entry.receivedAt),
  }))
  const { endpointIds, verdicts } = await verifyReceived(ctx, scope, { url, received })
  return {
    url,
    answer,
    endpointIds,
    ids,
    received: entries.map((entry, at) => presentReceived(entry, verdicts[at])),
  }
}

function presentReceived(entry: InboxEntry, verdict: ReceivedVerdict | undefined): TestReceived {
  const bytes = Buffer.from(entry.body, 'base64')
  const text = bytes.toString('utf8')
  // The end may be in the middle of a character: what was cut there doesn't make it no text.
  const isText = entry.bodyBytes > bytes.length || Buffer.from(text, 'utf8').equals(bytes)
  return {
    ...entry,
    body: isText ? text : entry.body,
    isBase64: !isText,
    verdict: verdict?.kind ?? 'no_secret_fits',
    endpointId: verdict !== undefined && 'endpointId' in verdict ? verdict.endpointId : null,
    fingerprint: verdict !== undefined && 'fingerprint' in verdict ? verdict.fingerprint : null,
  }
}

export const testReceiverRoutes = [read, setAnswer, clear] as const
