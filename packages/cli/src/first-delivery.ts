import { setTimeout as delay } from 'node:timers/promises'
import { exampleCatalog, invoicePaid } from '@posthorn/catalog'
import { createApiKey, createOrganisationToken } from '@posthorn/core'
import type { Inbox } from '@posthorn/embedded'
import type { Env } from '@posthorn/runtime'
import { ApiClient, type ListedAttempt } from './api-client.ts'
import { openCore } from './core-access.ts'
import { print } from './print.ts'

export interface FirstDeliveryOptions {
  readonly apiUrl: string
  readonly env: Env
  readonly inbox: Inbox
  readonly inboxSecret: string
}

const TOKEN_SECONDS = 600
const PATIENCE_MS = 15_000
const POLL_MS = 25

/** Shows on an empty database what Posthorn does: one event, published, delivered, verified. */
export async function showFirstDelivery(options: FirstDeliveryOptions): Promise<void> {
  await using core = await openCore(options.env)
  const { orgId, token } = await createOrganisationToken(core.ctx, {
    expiresInSeconds: TOKEN_SECONDS,
  })
  const api = new ApiClient(options.apiUrl, token)
  const appId = await setUp(api, options)
  await publishOne(api, { appId, inbox: options.inbox })
  const scope = { orgId, actor: { kind: 'system', reason: 'first_start' } } as const
  const scopes = ['read', 'write', 'publish']
  const key = await createApiKey(core.ctx, scope, { name: 'First key', scopes })
  showNext({ apiUrl: options.apiUrl, appId, key: key.text })
}

async function setUp(api: ApiClient, options: FirstDeliveryOptions): Promise<string> {
  print('First delivery')
  const appId = await api.createApplication('First application')
  row('application', appId)
  for (const { name, description, schemas } of exampleCatalog) {
    await api.createEventType({ name, description, schemas })
  }
  row('event types', exampleCatalog.map(({ name }) => name).join(', '))
  // The application's own receiver there, which the console shows.
  const url = `${options.inbox.url}/${appId}`
  const endpoint = { url, secret: options.inboxSecret }
  row('endpoint', `${await api.createEndpoint(appId, endpoint)} → ${url}`)
  return appId
}

async function publishOne(api: ApiClient, to: { appId: string; inbox: Inbox }): Promise<void> {
  const messageId = await api.publish(to.appId, exampleMessage())
  row('published', `${invoicePaid.name} as ${messageId}`)
  const attempt = await waitForAttempt(api, { appId: to.appId, messageId })
  if (attempt === undefined)
    return row('attempt', `none within ${PATIENCE_MS / 1000} s; see the log`)
  const { id, responseStatusCode, responseDurationMs, response } = attempt
  row('attempt', `${id}: ${responseStatusCode} in ${responseDurationMs} ms, ${response}`)
  const isVerified = to.inbox.find(messageId)?.isVerified ?? false
  row('signature', isVerified ? 'verified with the standardwebhooks library' : 'NOT verified')
}

function exampleMessage(): { eventType: string; payload: unknown } {
  const examples = invoicePaid.jsonSchema['examples']
  const payload: unknown = Array.isArray(examples) ? examples[0] : {}
  return { eventType: invoicePaid.name, payload }
}

async function waitForAttempt(
  api: ApiClient,
  of: { appId: string; messageId: string },
): Promise<ListedAttempt | undefined> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const [attempt] = await api.listAttempts(of.appId, of.messageId)
    if (attempt !== undefined || performance.now() > deadline) return attempt
    await delay(POLL_MS)
  }
}

function showNext(next: { apiUrl: string; appId: string; key: string }): void {
  print()
  print('API key (shown this once)')
  print(`  ${next.key}`)
  print()
  print('Publish the next one')
  print(`  curl ${next.apiUrl}/api/v1/app/${next.appId}/msg \\`)
  print(`    -H 'Authorization: Bearer ${next.key}' \\`)
  print(`    -H 'Content-Type: application/json' \\`)
  print(`    -d '${JSON.stringify(exampleMessage())}'`)
}

const LABEL_WIDTH = 13

function row(label: string, text: string): void {
  print(`  ${label.padEnd(LABEL_WIDTH)}${text}`)
}
