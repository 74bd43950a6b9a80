import { evaluateAlerts } from '@posthorn/core/alert'
import { claimAlertNotifications, settleAlertNotification } from '@posthorn/db/alert'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { SECRET, setDisabled, startAlerting, verified } from './alert-setup.ts'

// Bounds, not expectations: an idle machine needs a twentieth.
const SLOW = { timeout: 120_000 }

describe('an alert rule', SLOW, () => {
  it('tells of an endpoint that gets disabled by failure once, and of its return once', async () => {
    await using alerting = await startAlerting({ env: { POSTHORN_DISABLE_AFTER: '0.05' } })
    await using staff = await startReceiver()
    await using customer = await startReceiver()
    customer.replies(500)
    const endpointId = await alerting.addEndpoint(customer.url)
    const id = await alerting.addRule({ kind: 'webhook', url: staff.url, secret: SECRET })
    await Promise.all(Array.from({ length: 4 }, () => alerting.publish()))
    await waitFor('the end', async () => (await alerting.stateOf(endpointId)).disabled)
    await evaluateAlerts(alerting.core)
    await waitFor('the alarm', () => staff.requests.length > 0)
    customer.replies(200)
    await setDisabled(alerting, endpointId, false)
    await evaluateAlerts(alerting.core)
    await waitFor('the return', () => staff.requests.length > 1)
    expect(await evaluateAlerts(alerting.core)).toBe(0)
    const [alarm, end] = staff.requests.map(verified)
    expect(alarm).toMatchObject({
      type: 'alert.firing',
      data: {
        alertId: id,
        condition: 'endpoint_disabled',
        observed: 1,
        endpoints: [{ id: endpointId, appName: 'own', host: '127.0.0.1' }],
        summary: expect.stringContaining('1 endpoints were disabled'),
      },
    })
    expect(end).toMatchObject({ type: 'alert.resolved', data: { observed: 0 } })
    expect(staff.requests).toHaveLength(2)
    const told = await alerting.untilSettled(id)
    expect(told.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'resolved sent',
      'firing sent',
    ])
  })

  it('is told once however many workers look at once', async () => {
    await using alerting = await startAlerting()
    await using staff = await startReceiver()
    await alerting.startAnotherWorker()
    const endpointId = await alerting.addEndpoint('http://127.0.0.1:9/hook')
    const id = await alerting.addRule({ kind: 'webhook', url: staff.url, secret: SECRET })
    await setDisabled(alerting, endpointId, true)
    await Promise.all(Array.from({ length: 8 }, () => evaluateAlerts(alerting.core)))
    await waitFor('the alarm', () => staff.requests.length > 0)
    await alerting.untilSettled(id)
    expect(await alerting.told(id)).toHaveLength(1)
    expect(staff.requests).toHaveLength(1)
  })

  it('reaches a target that was down after a restart, in the order in which things happened', async () => {
    await using alerting = await startAlerting()
    await using staff = await startReceiver()
    staff.replies(503)
    const endpointId = await alerting.addEndpoint('http://127.0.0.1:9/hook')
    const id = await alerting.addRule({ kind: 'webhook', url: staff.url, secret: SECRET })
    await setDisabled(alerting, endpointId, true)
    await evaluateAlerts(alerting.core)
    await waitFor('an attempt', async () => (await alerting.told(id))[0]?.error != null)
    const [failed] = await alerting.told(id)
    expect(failed).toMatchObject({ status: 'pending', error: 'It answered 503: answered' })
    await alerting.stopWorker()
    await setDisabled(alerting, endpointId, false)
    expect(await evaluateAlerts(alerting.core)).toBe(1)
    const before = staff.requests.length
    staff.replies(200)
    await alerting.db.hot.query('UPDATE alert_notification SET next_attempt_at = now()')
    await alerting.startAnotherWorker()
    await waitFor('both', () => staff.requests.length === before + 2)
    const arrived = staff.requests.slice(before)
    expect(arrived.map((request) => verified(request).type)).toEqual([
      'alert.firing',
      'alert.resolved',
    ])
    expect(arrived[0]?.messageId).toBe(staff.requests[0]?.messageId)
    expect((await alerting.untilSettled(id)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  it('gives up after its last attempt, and says why', async () => {
    await using alerting = await startAlerting()
    await using staff = await startReceiver()
    staff.replies({ status: 404, body: 'no_service' })
    const endpointId = await alerting.addEndpoint('http://127.0.0.1:9/hook')
    const id = await alerting.addRule({ kind: 'slack', url: staff.url })
    await alerting.stopWorker()
    await setDisabled(alerting, endpointId, true)
    await evaluateAlerts(alerting.core)
    await alerting.db.hot.query('UPDATE alert_notification SET attempts = 7')
    await alerting.startAnotherWorker()
    const [end] = await alerting.untilSettled(id)
    expect(end).toMatchObject({
      status: 'failed',
      attempts: 8,
      error: 'It answered 404: no_service',
    })
    // What it is like is known all the same: nothing is told anew.
    expect(await evaluateAlerts(alerting.core)).toBe(0)
  })

  it('is told by another worker when the one that took it died, whose late word counts for nothing', async () => {
    await using alerting = await startAlerting()
    await using staff = await startReceiver()
    const { prisma, hot } = alerting.db
    const endpointId = await alerting.addEndpoint('http://127.0.0.1:9/hook')
    const id = await alerting.addRule({ kind: 'webhook', url: staff.url, secret: SECRET })
    await alerting.stopWorker()
    await setDisabled(alerting, endpointId, true)
    await evaluateAlerts(alerting.core)
    const [dead] = await claimAlertNotifications(prisma, { take: 10, leaseSeconds: 3_600 })
    expect(await claimAlertNotifications(prisma, { take: 10, leaseSeconds: 3_600 })).toEqual([])
    await hot.query('UPDATE alert_notification SET next_attempt_at = now()')
    await alerting.startAnotherWorker()
    const [sent] = await alerting.untilSettled(id)
    expect(sent).toMatchObject({ status: 'sent', attempts: 2 })
    const late = { attempt: 1, status: 'failed', inSeconds: 0, error: 'late' } as const
    await settleAlertNotification(prisma, { id: dead?.id ?? '', ...late })
    expect(await alerting.told(id)).toEqual([sent])
  })

  it('forgets what it told a month ago', async () => {
    await using alerting = await startAlerting()
    const id = await alerting.addRule({ kind: 'slack', url: 'http://127.0.0.1:9/hook' })
    await alerting.db.hot.query(
      `INSERT INTO alert_notification (id, rule_id, kind, status, content)
       VALUES ('ntf_0', $1, 'firing', 'sent', '{}')`,
      [id],
    )
    await evaluateAlerts(alerting.core)
    expect(await alerting.told(id)).toEqual([])
  })
})
