import { MAX_ENDPOINTS, MAX_EVENT_TYPES } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const url = 'https://hooks.example.com/a'
const LIMIT_REACHED = { status: 400, body: { code: 'limit_reached' } }

describe('an application', () => {
  it('has ten thousand endpoints at most, deleted ones not counted', async () => {
    const { core, orgId, send } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const { body: first } = await send('POST', '/app/one/endpoint', { body: { url } })
    await core.db.hot.query(
      `INSERT INTO endpoint (id, org_id, app_id, url, description)
       SELECT 'ep_' || lpad(n::text, 27, '0'), $1, $2, $3, '' FROM generate_series(2, $4) n`,
      [orgId, app.id, url, MAX_ENDPOINTS],
    )
    expect(await send('POST', '/app/one/endpoint', { body: { url } })).toMatchObject(LIMIT_REACHED)
    expect(await send('PUT', '/app/one/endpoint/new', { body: { url } })).toMatchObject(
      LIMIT_REACHED,
    )
    await send('DELETE', `/app/one/endpoint/${first.id}`)
    expect((await send('POST', '/app/one/endpoint', { body: { url } })).status).toBe(201)
  })
})

describe('an organisation', () => {
  it('has ten thousand event types at most; those that are there can be changed', async () => {
    const { core, orgId, send } = await setupApi()
    await core.db.hot.query(
      `INSERT INTO event_type (org_id, name, description)
       SELECT $1, 'type.' || n, '' FROM generate_series(1, $2) n`,
      [orgId, MAX_EVENT_TYPES],
    )
    const body = { name: 'one.more', description: '' }
    expect(await send('POST', '/event-type', { body })).toMatchObject(LIMIT_REACHED)
    expect(await send('PUT', '/event-type/one.more', { body })).toMatchObject(LIMIT_REACHED)
    expect((await send('PUT', '/event-type/type.1', { body })).status).toBe(200)
    await send('DELETE', '/event-type/type.2?expunge=true')
    expect((await send('POST', '/event-type', { body })).status).toBe(201)
  })
})
