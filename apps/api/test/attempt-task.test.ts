import { seedAttempts, seedMessage } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

/** Two applications, each with an endpoint and a task of its own. */
async function setup() {
  const staff = await setupStaff()
  const { send, orgId, core } = staff
  const since = new Date(Date.now() - 3_600_000).toISOString()
  const add = async (name: string) => {
    const { body: app } = await send('POST', '/app', { body: { name } })
    const url = 'https://hooks.example.com/a'
    const { body: endpoint } = await send('POST', `/app/${app.id}/endpoint`, { body: { url } })
    const at = `/app/${app.id}/endpoint/${endpoint.id}/recover`
    const { body: task } = await send('POST', at, { body: { since } })
    return { appId: String(app.id), endpointId: String(endpoint.id), taskId: String(task.id) }
  }
  const [own, others] = [await add('Acme'), await add('Globex')]
  const app = { orgId, appId: own.appId }
  const messageId = await seedMessage(core.db.hot, app)
  const sent = { messageId, endpointId: own.endpointId, trigger: 'manual' } as const
  const ids = await seedAttempts(core.db.hot, app, [
    { ...sent, taskId: own.taskId },
    { ...sent, taskId: others.taskId },
    sent,
  ])
  const access = await send('POST', `/auth/app-portal-access/${own.appId}`, { body: {} })
  const portal = staff.as(access.body.token)
  const tasksBy = (call: typeof send) =>
    Promise.all(
      ids.map(async (id) => {
        const { body } = await call('GET', `/app/${own.appId}/msg/${messageId}/attempt/${id}`)
        return body.taskId
      }),
    )
  return { own, others, tasksBy, portal, send }
}

describe('the task that asked for an attempt', () => {
  it('is told to whoever runs us, and to a customer where it is of their own application', async () => {
    const { own, others, tasksBy, portal, send } = await setup()
    expect(await tasksBy(send)).toEqual([own.taskId, others.taskId, null])
    expect(await tasksBy(portal)).toEqual([own.taskId, null, null])
  })
})
