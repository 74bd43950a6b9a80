import { generateKeyPairSync } from 'node:crypto'
import { INGEST_SOURCE_TYPES } from '@posthorn/contracts/ingest'
import { findProvider } from '@posthorn/providers'
import type { IngestSourceIn as Source1 } from 'svix1'
import type { IngestSourceIn as Source2 } from 'svix2'
import { expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const ED25519 = Buffer.alloc(32, 1).toString('base64')
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const RSA_PEM = String(RSA.export({ type: 'spki', format: 'pem' }))
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const SETTINGS: Readonly<Record<string, object>> = {
  cron: { schedule: '0 9 * * *', payload: '{}' },
  meta: { verifyToken: 'a-token' },
}

function sourceOf(type: string) {
  const field = findProvider(type)?.key.field ?? 'none'
  const keys = {
    none: {},
    secret: SECRET,
    clientId: 'a-client',
    publicKey: type === 'orum-io' ? RSA_PEM : ED25519,
  }
  const key = field === 'none' ? {} : { [field]: keys[field] }
  return { name: type, uid: type, type, config: { ...key, ...SETTINGS[type] } }
}

it('are made, read and listed through both SDKs, whichever type theirs know', async () => {
  const { svix1, svix2 } = await setupApi()
  const [older, newer] = [svix1.ingest.source, svix2.ingest.source]
  for (const type of INGEST_SOURCE_TYPES) {
    // Which config goes with a type is in the SDKs' types alone; what was made is asserted.
    const made = await newer.create(sourceOf(type) as Source2)
    expect(made).toMatchObject({ type, uid: type })
    expect(await older.get(type)).toMatchObject({ type, id: made.id })
    expect(await older.update(type, sourceOf(type) as Source1)).toMatchObject({ id: made.id })
  }
  const ofMerge = await newer.create(sourceOf('merge') as Source2)
  expect(ofMerge.type).toBe('generic-webhook')
  const expected = [...INGEST_SOURCE_TYPES, 'merge'].toSorted()
  for (const source of [older, newer]) {
    const listed = await source.list({ limit: 100 })
    expect(listed.data.map(({ name }) => name).toSorted()).toEqual(expected)
  }
})

it('keep a type that the older ones don’t know when they put back what they read', async () => {
  const { send, svix1, svix2 } = await setupApi()
  await svix2.ingest.source.create(sourceOf('merge') as Source2)
  const { type } = await svix1.ingest.source.get('merge')
  expect(type).toBe('generic-webhook')
  const fields = { name: 'Payroll', uid: 'merge', type: 'generic-webhook' } as const
  await svix1.ingest.source.update('merge', fields)
  const { body } = await send('GET', '/source/merge')
  expect(body).toMatchObject({ name: 'Payroll', type: 'merge', secrets: 1, unverified: false })
})
