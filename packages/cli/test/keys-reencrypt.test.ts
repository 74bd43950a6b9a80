import { randomBytes } from 'node:crypto'
import {
  createApplication,
  createEndpoint,
  createOrganisationToken,
  createTokens,
  createVault,
  type OrgScope,
} from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './cli-setup.ts'

const JWT_SECRET = 'a-signing-secret-that-is-long-enough'

/** A database with an endpoint whose secret and headers the first of these keys wrote. */
async function setupOldKey() {
  await using stack = new AsyncDisposableStack()
  const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]
  const { url } = stack.use(await startTestDatabase())
  const db = stack.use(openDatabase({ url }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const ctx = {
    db,
    clock,
    vault: createVault([oldKey]),
    tokens: createTokens(JWT_SECRET),
    disableAfterSeconds: 1,
  }
  const { orgId } = await createOrganisationToken(ctx, { expiresInSeconds: 60 })
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'test' } }
  const { application } = await createApplication(ctx, scope, {
    fields: { name: 'One', uid: null, throttleRate: null, metadata: {} },
    getIfExists: false,
  })
  await createEndpoint(
    ctx,
    { ...scope, appId: application.id },
    {
      url: 'https://hooks.example.com/a',
      uid: null,
      description: '',
      throttleRate: null,
      eventTypes: null,
      channels: null,
      metadata: {},
      retrySchedule: null,
      disabled: false,
      secret: null,
      headers: { 'X-Api-Key': 'k1' },
    },
  )
  const resources = stack.move()
  return { db, url, oldKey, newKey, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

const keyText = (...keys: Buffer[]) => keys.map((key) => key.toString('base64')).join(',')

describe('posthorn keys reencrypt', () => {
  it('brings every stored value to the first key, so that the former one can go', async () => {
    await using bench = await setupOldKey()
    await using cli = await setup({
      DATABASE_URL: bench.url,
      POSTHORN_JWT_SECRET: JWT_SECRET,
      POSTHORN_ENCRYPTION_KEYS: keyText(bench.newKey, bench.oldKey),
    })
    const first = cli.posthorn('keys', 'reencrypt')
    expect(await first.ended).toEqual([0, null])
    expect(first.output()).toContain('endpoint.headers: 1 re-encrypted')
    expect(first.output()).toContain('endpoint_secret.secret: 1 re-encrypted')

    const vault = createVault([bench.newKey])
    const endpoint = await bench.db.prisma.endpoint.findFirstOrThrow()
    const secret = await bench.db.prisma.endpointSecret.findFirstOrThrow()
    expect(vault.open(endpoint.headers ?? new Uint8Array())).toBe('{"X-Api-Key":"k1"}')
    expect(vault.open(secret.secret)).toMatch(/^whsec_/)

    const again = cli.posthorn('keys', 'reencrypt')
    expect(await again.ended).toEqual([0, null])
    expect(again.output()).toContain('endpoint_secret.secret: 0 re-encrypted')
  })

  it('says so when a key that wrote is missing, and breaks nothing', async () => {
    await using bench = await setupOldKey()
    await using cli = await setup({
      DATABASE_URL: bench.url,
      POSTHORN_JWT_SECRET: JWT_SECRET,
      POSTHORN_ENCRYPTION_KEYS: keyText(bench.newKey),
    })
    const run = cli.posthorn('keys', 'reencrypt')
    expect((await run.ended)[0]).toBe(1)
    expect(run.output()).toContain('check POSTHORN_ENCRYPTION_KEYS')
    const secret = await bench.db.prisma.endpointSecret.findFirstOrThrow()
    expect(createVault([bench.oldKey]).open(secret.secret)).toMatch(/^whsec_/)
  })
})
