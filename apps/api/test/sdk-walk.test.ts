import { readFileSync } from 'node:fs'
import { createOrganisationToken } from '@posthorn/core'
import { createLogger } from '@posthorn/runtime'
import { seedAttempts, type SeededApplication, startTestDatabase } from '@posthorn/test-kit'
import { Svix as Svix1 } from 'svix1'
import { Svix as Svix2 } from 'svix2'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startTestApi } from './test-api.ts'

const Operations = z.record(z.string(), z.object({ method: z.string(), path: z.string() }))
const Line = z.object({ method: z.string(), route: z.string(), status: z.number() })

const URL_A = 'https://hooks.example.com/a'
const URL_B = 'https://hooks.example.com/b'
const HEADERS = { headers: { 'x-a': '1' } }
const SCHEMAS = { 1: { type: 'object', examples: [{ n: 1 }] } }
const SPEC = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {}, webhooks: {} }

/** Those of the SDKs that are no one else's: `METHOD /path/{}`. */
function ownOperations(): string[] {
  const text = readFileSync(new URL('sdk-operations.json', import.meta.url), 'utf8')
  return Object.entries(Operations.parse(JSON.parse(text)))
    .filter(([id]) => !id.startsWith('v1.ingest.'))
    .map(([, { method, path }]) => `${method.toUpperCase()} ${withoutNames(path)}`)
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{\w+\}|:\w+/g, '{}')
}

/** An api of its own, and which of its routes answered how. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'api', destination })
  const { core, url } = stack.use(await startTestApi({ databaseUrl, logger }))
  const { orgId, token } = await createOrganisationToken(core, { expiresInSeconds: 3600 })
  const resources = stack.move()
  return {
    core,
    orgId,
    clientOf: (generation: string, bearer = token): Svix1 | Svix2 =>
      new (generation === 'svix1' ? Svix1 : Svix2)(bearer, { serverUrl: url }),
    answered: () =>
      lines.flatMap((line) => {
        const { data } = Line.safeParse(JSON.parse(line))
        return data === undefined || data.status >= 300
          ? []
          : [`${data.method} ${withoutNames(data.route)}`]
      }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

type Bench = Awaited<ReturnType<typeof setup>>

/** What the second generation has other names for. */
function putsOf(sdk: Svix1 | Svix2) {
  const [type, endpoint] = [
    { description: 'new', schemas: SCHEMAS },
    { url: URL_B, uid: 'hook' },
  ]
  if (sdk instanceof Svix1) {
    const hook = sdk.operationalWebhook.endpoint
    return {
      application: () => sdk.application.update('walked', { name: 'Two', uid: 'walked' }),
      endpoint: () => sdk.endpoint.update('walked', 'hook', endpoint),
      endpointHeaders: () => sdk.endpoint.updateHeaders('walked', 'hook', HEADERS),
      eventType: () => sdk.eventType.update('walked.type', type),
      hook: () => hook.update('ops', { url: URL_B, uid: 'ops' }),
      hookHeaders: () => hook.updateHeaders('ops', HEADERS),
    }
  }
  const hook = sdk.operationalWebhook.endpoint
  return {
    application: () => sdk.application.upsert('walked', { name: 'Two', uid: 'walked' }),
    endpoint: () => sdk.endpoint.upsert('walked', 'hook', endpoint),
    endpointHeaders: () => sdk.endpoint.setHeaders('walked', 'hook', HEADERS),
    eventType: () => sdk.eventType.upsert('walked.type', type),
    hook: () => hook.upsert('ops', { url: URL_B, uid: 'ops' }),
    hookHeaders: () => hook.setHeaders('ops', HEADERS),
  }
}

// The two generations agree on all else that is called here.
const shared = (sdk: Svix1 | Svix2) => sdk as Svix1

async function walkSettings(bench: Bench, sdk: Svix1, puts: ReturnType<typeof putsOf>) {
  const { application, endpoint, eventType, operationalWebhook } = sdk
  const hook = operationalWebhook.endpoint
  await application.create({ name: 'One', uid: 'walked' })
  await puts.application()
  await application.patch('walked', { name: 'Three' })
  await application.list()
  const { id } = await application.get('walked')
  await eventType.create({ name: 'walked.type', description: 'x' })
  await puts.eventType()
  await eventType.patch('walked.type', { deprecated: false })
  await eventType.list()
  await eventType.get('walked.type')
  await eventType.importOpenapi({ spec: SPEC, dryRun: true })
  await endpoint.create('walked', { url: URL_A, uid: 'hook' })
  await puts.endpoint()
  await endpoint.patch('walked', 'hook', { description: 'x' })
  await endpoint.list('walked')
  await endpoint.get('walked', 'hook')
  await puts.endpointHeaders()
  await endpoint.patchHeaders('walked', 'hook', HEADERS)
  await endpoint.getHeaders('walked', 'hook')
  await endpoint.rotateSecret('walked', 'hook', {})
  await endpoint.getSecret('walked', 'hook')
  await endpoint.getStats('walked', 'hook')
  await hook.create({ url: URL_A, uid: 'ops' })
  await puts.hook()
  await hook.list()
  await hook.get('ops')
  await puts.hookHeaders()
  await hook.getHeaders('ops')
  await hook.rotateSecret('ops', {})
  await hook.getSecret('ops')
  await hook.delete('ops')
  return { orgId: bench.orgId, appId: id }
}

async function walkMessages({ core }: Bench, sdk: Svix1, app: SeededApplication) {
  const { message, messageAttempt: attempt, endpoint, backgroundTask, eventType } = sdk
  const published = { eventType: 'walked.type', eventId: 'm-1', payload: { n: 1 } }
  const { id: messageId } = await message.create('walked', published)
  await message.list('walked')
  await message.get('walked', 'm-1')
  const { id: endpointId } = await endpoint.get('walked', 'hook')
  const [attemptId = ''] = await seedAttempts(core.db.hot, app, [{ messageId, endpointId }])
  await attempt.listByEndpoint('walked', 'hook')
  await attempt.listByMsg('walked', 'm-1')
  await attempt.listAttemptedMessages('walked', 'hook')
  await attempt.listAttemptedDestinations('walked', 'm-1')
  await attempt.get('walked', 'm-1', attemptId)
  await attempt.resend('walked', 'm-1', 'hook')
  await attempt.expungeContent('walked', 'm-1', attemptId)
  await endpoint.sendExample('walked', 'hook', { eventType: 'walked.type' })
  const since = new Date(Date.now() - 3_600_000)
  const { id } = await endpoint.recover('walked', 'hook', { since })
  await endpoint.replayMissing('walked', 'hook', { since })
  await endpoint.bulkReplay('walked', 'hook', { since })
  await backgroundTask.list()
  await backgroundTask.get(id)
  await message.expungeContent('walked', 'm-1')
  await message.expungeAllContents('walked')
  await endpoint.delete('walked', 'hook')
  await eventType.delete('walked.type')
}

describe.each(['svix1', 'svix2'])('every operation of the SDKs, through %s', (generation) => {
  it('is answered as it expects', async () => {
    await using bench = await setup()
    const client = bench.clientOf(generation)
    const sdk = shared(client)
    const app = await walkSettings(bench, sdk, putsOf(client))
    await walkMessages(bench, sdk, app)
    const { token } = await sdk.authentication.appPortalAccess('walked', {})
    await shared(bench.clientOf(generation, token)).authentication.logout()
    await sdk.authentication.expireAll('walked', {})
    await sdk.health.get()
    await sdk.application.delete('walked')
    const missing = () => {
      const answered = new Set(bench.answered())
      return ownOperations().filter((operation) => !answered.has(operation))
    }
    await expect.poll(missing).toEqual([])
  })
})
