import { createHmac } from 'node:crypto'
import { createSource, DEFAULT_OPTIONS } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { githubSignature } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const SOURCES = '/../../ingest/api/v1/source'
const NEW = { application: null, uid: null, config: {}, metadata: {}, options: DEFAULT_OPTIONS }

describe('settings of a source', () => {
  it.each([
    ['discord', { publicKey: 'zz' }, ['body', 'config', 'publicKey']],
    ['github', { secret: ' spaced ' }, ['body', 'config', 'secret']],
    [
      'generic',
      { secret: 's', header: 'X-A', eventTypeFrom: 'a' },
      ['body', 'config', 'eventTypeFrom'],
    ],
    ['generic', { secret: 's', verification: 'hope' }, ['body', 'config']],
    ['aws-sns', {}, ['body', 'config', 'topicArn']],
  ])(
    'of %s that can’t work are 422 at their place, and create nothing',
    async (type, config, loc) => {
      const { core, scope, orgId } = await setupApi()
      const secrets = 'secret' in config ? [config.secret] : Object.values(config)
      const creating = createSource(core, scope, { ...NEW, name: 'a', type, config, secrets })
      await expect(creating).rejects.toMatchObject({ faults: [{ path: loc }] })
      expect(await core.db.prisma.source.count({ where: { orgId } })).toBe(0)
    },
  )

  it('are 422 for an SDK, which names the field', async () => {
    const { send } = await setupApi()
    const body = { name: 'a', type: 'github', config: { secret: ' spaced ' } }
    const answer = await send('POST', SOURCES, { body })
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'config', 'secret'] }] },
    })
  })

  it('aren’t asked how to verify where nothing is verified, and that ends with the type', async () => {
    const { core, scope, send, svix2 } = await setupApi()
    const options = { ...DEFAULT_OPTIONS, noVerification: true }
    const input = { ...NEW, name: 'a', type: 'github', secrets: [], options }
    const { id } = await createSource(core, scope, input)
    const unverified = async () => (await send('GET', `${SOURCES}/${id}`)).body.unverified
    await svix2.ingest.source.upsert(id, { name: 'b', type: 'github', config: {} })
    expect(await unverified()).toBe(true)
    const config = { secret: 'whsec_x' }
    await svix2.ingest.source.upsert(id, { name: 'b', type: 'stripe', config })
    expect(await unverified()).toBe(false)
  })
})

type Api = Awaited<ReturnType<typeof setupApi>>

interface Kept {
  readonly sourceId: string
  readonly body: string
  readonly headers: Readonly<Record<string, readonly string[]>>
}

/** A request in quarantine, and how to release it. */
async function quarantine({ core, send }: Api, { sourceId, body, headers }: Kept) {
  const id = newId('srcreq_', Date.now())
  const request = core.vault.seal(JSON.stringify({ url: 'http://127.0.0.1/in/x', headers }))
  const shown = { reason: 'wrong_signature', detail: '', method: 'POST', path: '', address: '::1' }
  const whole = { ...shown, request, body: Buffer.from(body), receivedAt: new Date() }
  await core.db.prisma.quarantinedRequest.create({ data: { sourceId, id, ...whole } })
  return () => send('POST', `/source/${sourceId}/quarantine/${id}/release`)
}

describe('a release from quarantine', () => {
  it('is audited once, and known as long as the request can be released again', async () => {
    const api = await setupApi()
    const { core, scope } = api
    const options = { ...DEFAULT_OPTIONS, dedupeSeconds: 1 }
    const input = { ...NEW, name: 'a', type: 'github', secrets: ['right'], options }
    const { id: sourceId } = await createSource(core, scope, input)
    const body = '{"ref":"main"}'
    const headers = {
      'x-hub-signature-256': [githubSignature('right', body)],
      'x-github-delivery': ['1'],
    }
    const release = await quarantine(api, { sourceId, body, headers })
    const answers = await Promise.all([release(), release(), release()])
    expect(new Set(answers.map((answer) => answer.body.messageId)).size).toBe(1)
    expect((await api.auditActions()).filter((action) => action === 'source.release')).toHaveLength(
      1,
    )
    const key = await core.db.prisma.sourceKey.findFirstOrThrow({ where: { sourceId } })
    expect(key.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000)
  })

  it('is refused for a request that only asks whether the URL wants events', async () => {
    const api = await setupApi()
    const { core, scope } = api
    const input = { ...NEW, name: 'a', type: 'slack', secrets: ['right'] }
    const { id: sourceId } = await createSource(core, scope, input)
    const body = '{"type":"url_verification","challenge":"c"}'
    const seconds = `${Math.floor(Date.now() / 1000)}`
    const signature = createHmac('sha256', 'right').update(`v0:${seconds}:${body}`).digest('hex')
    const headers = {
      'x-slack-signature': [`v0=${signature}`],
      'x-slack-request-timestamp': [seconds],
    }
    const release = await quarantine(api, { sourceId, body, headers })
    expect(await release()).toMatchObject({ status: 400, body: { code: 'handshake' } })
    expect(await core.db.prisma.sourceKey.count({ where: { sourceId } })).toBe(0)
  })
})
