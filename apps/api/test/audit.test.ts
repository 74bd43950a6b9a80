import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'
import { setupStaff } from './staff-setup.ts'

describe('the audit log', () => {
  it('tells a record of an operational webhook from one of a customer', async () => {
    const { owner, send } = await setupStaff()
    const body = { url: 'https://hooks.example.com/own' }
    const { body: webhook } = await send('POST', '/operational-webhook/endpoint', { body })
    const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
    const { body: endpoint } = await send('POST', `/app/${app.id}/endpoint`, { body })
    const aboutOf = async (target: string) => {
      const { body: found } = await owner.call('GET', `/audit?target=${target}`)
      return found.data.map((one: { isOperational: boolean }) => one.isOperational)
    }
    expect(await aboutOf(webhook.id)).toEqual([true])
    expect(await aboutOf(endpoint.id)).toEqual([false])
    expect(await aboutOf(app.id)).toEqual([false])
  })
})

describe('a change by a caller of the api', () => {
  it('is on the record under its own name, whatever was changed', async () => {
    const api = await setupApi()
    const { send } = api
    const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
    const { body: other } = await send('POST', `/app/${app.id}/endpoint`, { body: URL_OF_ONE })
    const endpoint = `/app/${app.id}/endpoint/${other.id}`
    const type = { name: 'a.b', description: 'd', schemas: EXAMPLE }
    const { body: hook } = await send('POST', '/operational-webhook/endpoint', { body: URL_OF_ONE })
    const own = `/operational-webhook/endpoint/${hook.id}`
    const since = { since: new Date(Date.now() - 60_000).toISOString() }
    await send('POST', '/event-type', { body: type })
    const { body: message } = await send('POST', `/app/${app.id}/msg`, {
      body: { eventType: 'a.b', payload: {} },
    })
    const steps: readonly Step[] = [
      ['PUT', `/app/${app.id}`, { name: 'Acme 2' }],
      ['PATCH', `/app/${app.id}`, { name: 'Acme 3' }],
      ['POST', `/auth/app-portal-access/${app.id}`, {}],
      ['POST', `/auth/app/${app.id}/expire-all`, {}],
      ['PUT', endpoint, { url: 'https://two.example.com/' }],
      ['PATCH', endpoint, { description: 'two' }],
      ['PUT', `${endpoint}/headers`, { headers: { 'x-a': '1' } }],
      ['PATCH', `${endpoint}/headers`, { headers: { 'x-b': '1' } }],
      ['POST', `${endpoint}/secret/rotate`, {}],
      ['POST', `${endpoint}/send-example`, { eventType: 'a.b' }],
      ['POST', `${endpoint}/recover`, since],
      ['POST', `${endpoint}/replay-missing`, since],
      ['POST', `${endpoint}/bulk-replay`, since],
      ['POST', `/app/${app.id}/msg/${message.id}/endpoint/${other.id}/resend`, {}],
      ['DELETE', `/app/${app.id}/msg/${message.id}/content`],
      ['POST', `/app/${app.id}/msg/expunge-all-contents`, {}],
      ['DELETE', endpoint],
      ['PUT', '/event-type/a.b', { description: 'e' }],
      ['PATCH', '/event-type/a.b', { description: 'f' }],
      ['DELETE', '/event-type/a.b?expunge=true'],
      ['PUT', own, { url: 'https://two.example.com/' }],
      ['PUT', `${own}/headers`, { headers: { 'x-a': '1' } }],
      ['POST', `${own}/secret/rotate`, {}],
      ['DELETE', own],
      ['DELETE', `/app/${app.id}`],
    ]
    const recorded: string[] = []
    for (const [method, path, body] of steps) {
      const before = (await api.auditActions()).length
      const { status } = await send(method, path, body === undefined ? {} : { body })
      const actions = (await api.auditActions()).slice(before)
      recorded.push([method, ...actions, ...(status < 300 ? [] : [status])].join(' '))
    }
    expect(recorded).toEqual([
      'PUT application.update',
      'PATCH application.update',
      'POST portal_access.create',
      'POST portal_access.expire',
      'PUT endpoint.update',
      'PATCH endpoint.update',
      'PUT endpoint.update_headers',
      'PATCH endpoint.update_headers',
      'POST endpoint.rotate_secret',
      'POST endpoint.send_example',
      'POST endpoint.recover',
      'POST endpoint.replay',
      'POST endpoint.bulk-replay',
      'POST message.resend',
      'DELETE message.expunge_content',
      'POST application.purge_content',
      'DELETE endpoint.delete',
      'PUT event_type.update',
      'PATCH event_type.update',
      'DELETE event_type.expunge',
      'PUT endpoint.update',
      'PUT endpoint.update_headers',
      'POST endpoint.rotate_secret',
      'DELETE endpoint.delete',
      'DELETE application.delete',
    ])
  })
})

type Step = readonly [method: string, path: string, body?: object]
const EXAMPLE = { 1: { type: 'object', examples: [{ a: 1 }] } }
const URL_OF_ONE = { url: 'https://one.example.com/' }
