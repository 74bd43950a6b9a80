import { describe, expect, it } from 'vitest'
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
