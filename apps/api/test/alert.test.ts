import { randomBytes } from 'node:crypto'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'
import { setupStaff } from './staff-setup.ts'
import { startTestApi } from './test-api.ts'

const SLACK = 'https://hooks.slack.com/services/T000/B000/notToBeShown1234'
const RULE = {
  name: 'Late',
  condition: 'oldest_due',
  threshold: 60,
  target: { kind: 'slack', url: SLACK },
}
const WEBHOOK = { kind: 'webhook', url: 'https://example.com/alerts' }

describe('an alert rule', () => {
  it('is created, read, changed and deleted, and its Slack URL is never shown again', async () => {
    const api = await setupApi()
    const { send, core, orgId } = api
    const created = await send('POST', '/alert', { body: RULE })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({
      ...RULE,
      target: { kind: 'slack', url: 'https://hooks.slack.com/…1234' },
      windowSeconds: 300,
      reminderSeconds: null,
      state: 'ok',
      firingSince: null,
      mutedUntil: null,
    })
    const path = `/alert/${created.body.id}`
    const patched = await send('PATCH', path, { body: { threshold: 90, reminderSeconds: 3_600 } })
    expect(patched.body).toMatchObject({ threshold: 90, reminderSeconds: 3_600, name: 'Late' })
    expect((await send('GET', path)).body).toEqual(patched.body)
    const { body: list } = await send('GET', '/alert')
    expect(list).toMatchObject({ data: [patched.body], done: true })
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('GET', path)).status).toBe(404)
    expect((await send('DELETE', path)).status).toBe(404)
    expect((await api.auditActions()).slice(1)).toEqual([
      'alert.create',
      'alert.update',
      'alert.delete',
    ])
    const records = await core.db.prisma.auditRecord.findMany({ where: { orgId } })
    expect(JSON.stringify(records)).not.toContain('notToBeShown')
  })

  it('keeps its secret sealed, reveals it to admins on the record, and keeps it with another URL', async () => {
    const api = await setupApi()
    const { send, core, orgId } = api
    const { body: rule } = await send('POST', '/alert', { body: { ...RULE, target: WEBHOOK } })
    expect(rule.target).toEqual(WEBHOOK)
    const secret = (await send('GET', `/alert/${rule.id}/secret`)).body.key
    expect(secret).toMatch(/^whsec_/)
    const row = await core.db.prisma.alertRule.findFirstOrThrow({ where: { orgId } })
    expect(Buffer.from(row.target).toString()).not.toContain('example.com')
    const target = { ...WEBHOOK, url: 'https://example.com/other' }
    await send('PATCH', `/alert/${rule.id}`, { body: { target } })
    expect((await send('GET', `/alert/${rule.id}/secret`)).body.key).toBe(secret)
    const own = `whsec_${randomBytes(32).toString('base64')}`
    await send('PATCH', `/alert/${rule.id}`, { body: { target: { ...target, secret: own } } })
    expect((await send('GET', `/alert/${rule.id}/secret`)).body.key).toBe(own)
    await send('PATCH', `/alert/${rule.id}`, { body: { target: RULE.target } })
    expect((await send('GET', `/alert/${rule.id}/secret`)).status).toBe(404)
    expect(await api.auditActions()).toContain('alert.reveal_secret')
    const records = await core.db.prisma.auditRecord.findMany({ where: { orgId } })
    expect(JSON.stringify(records)).not.toContain('whsec_')
  })

  it.each([
    ['a condition that there is not', { condition: 'moon' }, 'condition'],
    ['a threshold that its condition cannot have', { threshold: 0.5 }, 'threshold'],
    ['a percentage over 100', { condition: 'success_rate', threshold: 101 }, 'threshold'],
    ['a window of a second', { windowSeconds: 1 }, 'windowSeconds'],
    ['reminders each minute', { reminderSeconds: 60 }, 'reminderSeconds'],
    ['no name', { name: '' }, 'name'],
    ['a private address', { target: { ...WEBHOOK, url: 'https://10.0.0.1/' } }, 'url'],
    ['no address', { target: { kind: 'email', addresses: [] } }, 'target'],
    ['an address that is none', { target: { kind: 'email', addresses: ['me'] } }, 'target'],
    ['a secret that is none', { target: { ...WEBHOOK, secret: 'short' } }, 'target'],
  ])('is refused with %s', async (_what, fields, field) => {
    const { send } = await setupApi()
    const { status, body } = await send('POST', '/alert', { body: { ...RULE, ...fields } })
    expect(status).toBe(422)
    expect(body.detail[0].loc).toContain(field)
  })

  it('by e-mail is refused where no mail server is set, and says which settings it needs', async () => {
    const { send } = await setupApi()
    const target = { kind: 'email', addresses: ['ops@example.com'] }
    const { status, body } = await send('POST', '/alert', { body: { ...RULE, target } })
    expect(status).toBe(422)
    expect(body.detail).toEqual([
      {
        loc: ['body', 'target'],
        msg: expect.stringContaining('POSTHORN_SMTP_URL'),
        type: 'smtp_not_configured',
      },
    ])
  })

  it('by e-mail is taken where one is set; a wrong setting keeps the api from starting', async () => {
    await using database = await startTestDatabase()
    const start = (from: string) =>
      startTestApi({
        databaseUrl: database.url,
        env: { POSTHORN_SMTP_URL: 'smtps://user:pass@mail.example:465', POSTHORN_SMTP_FROM: from },
      })
    await expect(start('nobody')).rejects.toThrow('POSTHORN_SMTP_FROM')
    await using api = await start('Posthorn <alerts@example.com>')
    expect(api.url).toMatch(/^http:/)
  })

  it('is another organisation’s 404', async () => {
    const { send } = await setupApi()
    const other = await setupApi()
    const { body: rule } = await send('POST', '/alert', { body: RULE })
    const path = `/alert/${rule.id}`
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'Mine' }],
      ['DELETE', '', undefined],
      ['POST', '/test', undefined],
      ['POST', '/mute', { until: null }],
      ['GET', '/notification', undefined],
      ['GET', '/secret', undefined],
    ] as const) {
      const answer = await other.send(method, path + suffix, { body })
      expect(answer.status, `${method} ${suffix}`).toBe(404)
    }
    expect((await other.send('GET', '/alert')).body.data).toEqual([])
    expect((await send('GET', path)).body.name).toBe('Late')
  })

  it('is muted until a moment and heard again', async () => {
    const api = await setupApi()
    const { send } = api
    const { body: rule } = await send('POST', '/alert', { body: RULE })
    const until = '2100-01-01T00:00:00.000Z'
    const muted = await send('POST', `/alert/${rule.id}/mute`, { body: { until } })
    expect(muted.body.mutedUntil).toBe(until)
    const heard = await send('POST', `/alert/${rule.id}/mute`, { body: { until: null } })
    expect(heard.body.mutedUntil).toBeNull()
    expect((await api.auditActions()).slice(1)).toEqual([
      'alert.create',
      'alert.mute',
      'alert.mute',
    ])
  })

  it('is tested by a notification that waits for a worker, a bounded number of times a minute', async () => {
    const { send } = await setupApi()
    const { body: rule } = await send('POST', '/alert', { body: RULE })
    const first = await send('POST', `/alert/${rule.id}/test`)
    expect(first.status).toBe(202)
    expect(first.body).toMatchObject({ kind: 'test', status: 'pending', attempts: 0, error: null })
    for (let n = 1; n < 10; n++) await send('POST', `/alert/${rule.id}/test`)
    const refused = await send('POST', `/alert/${rule.id}/test`)
    expect(refused).toMatchObject({ status: 400, body: { code: 'limit_reached' } })
    const { body: page } = await send('GET', `/alert/${rule.id}/notification?limit=4`)
    expect(page).toMatchObject({ done: false })
    expect(page.data).toHaveLength(4)
    const rest = await send('GET', `/alert/${rule.id}/notification?iterator=${page.iterator}`)
    expect(rest.body.data.at(-1)).toEqual(first.body)
  })

  it('is one of a hundred at most', async () => {
    const { send, core, orgId } = await setupApi()
    await core.db.prisma.$executeRaw`
      INSERT INTO alert_rule (id, org_id, name, condition, threshold, window_seconds, target_kind, target)
      SELECT 'alert_' || ${orgId} || n, ${orgId}, 'n', 'lag', 1, 60, 'slack', '' FROM generate_series(1, 100) n`
    const { status, body } = await send('POST', '/alert', { body: RULE })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'limit_reached' })
  })
})

describe('roles', () => {
  it('let viewers see alerts, support test and mute them, and admins change them', async () => {
    const { join } = await setupStaff()
    const [viewer, support, admin] = [
      await join('viewer'),
      await join('support'),
      await join('admin'),
    ]
    const { body: rule, status } = await admin.call('POST', '/alert', { body: RULE })
    expect(status).toBe(201)
    const path = `/alert/${rule.id}`
    expect((await viewer.call('GET', path)).status).toBe(200)
    expect((await viewer.call('GET', `${path}/notification`)).status).toBe(200)
    expect((await viewer.call('POST', `${path}/test`)).status).toBe(403)
    expect((await viewer.call('POST', `${path}/mute`, { body: { until: null } })).status).toBe(403)
    expect((await support.call('POST', `${path}/test`)).status).toBe(202)
    expect((await support.call('POST', `${path}/mute`, { body: { until: null } })).status).toBe(200)
    expect((await support.call('PATCH', path, { body: { name: 'x' } })).status).toBe(403)
    expect((await support.call('POST', '/alert', { body: RULE })).status).toBe(403)
    expect((await support.call('GET', `${path}/secret`)).status).toBe(403)
    expect((await admin.call('DELETE', path)).status).toBe(204)
  })

  it('let no key without the scope admin reveal a secret', async () => {
    const { send, as, apiKey } = await setupApi()
    const { body: rule } = await send('POST', '/alert', { body: { ...RULE, target: WEBHOOK } })
    const { text } = await apiKey()
    expect((await as(text)('GET', `/alert/${rule.id}`)).status).toBe(200)
    expect((await as(text)('GET', `/alert/${rule.id}/secret`)).status).toBe(403)
    expect((await as('')('GET', '/alert')).status).toBe(401)
  })
})
