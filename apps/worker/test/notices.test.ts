import { confirmByLink, unsubscribeByLink } from '@posthorn/core/notice'
import { type Database, forgetExpired } from '@posthorn/db'
import { claimNoticeMails, settleNoticeMail } from '@posthorn/db/notice'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setDisabled } from './alert-setup.ts'
import { startNotices, textOf, tokenIn } from './notice-setup.ts'

const NOWHERE = 'http://127.0.0.1:9/hook?key=secret'

function forget({ db }: { readonly db: Database }): Promise<number> {
  return forgetExpired(db.hot, { retentionDays: 90, nowMs: Date.now() })
}

// Bounds, not expectations: an idle machine needs a twentieth.
describe('notices by e-mail', { timeout: 120_000 }, () => {
  it('ask for a confirmation once, and tell nothing until it is given', async () => {
    await using notices = await startNotices()
    await notices.add('stranger@example.com')
    const text = await notices.firstMail('stranger@example.com')
    const token = tokenIn(text)
    expect(text).toMatch(/^Subject: Please confirm: notices about webhooks of own$/m)
    expect(text).toContain(
      `List-Unsubscribe: <https://posthorn.example/notices/${token}/unsubscribe>`,
    )
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const endpointId = await notices.addEndpoint(NOWHERE)
    await setDisabled(notices, endpointId, true)
    expect(await notices.look()).toBe(0)
    await notices.addConfirmed('owner@example.com')
    expect(notices.mailsTo('stranger@example.com')).toHaveLength(1)
  })

  it('say which endpoint fails, why, what helps, since when and where, each in its own mail to each', async () => {
    await using notices = await startNotices({
      POSTHORN_RETRY_SCHEDULE: '0.05,0.05,0.05,0.05,0.05',
    })
    await using receiver = await startReceiver()
    receiver.replies(503)
    const endpointId = await notices.addEndpoint(`${receiver.url}?key=secret`)
    const addresses = ['owner@example.com', 'eigner@example.com']
    await notices.addConfirmed('owner@example.com')
    await notices.addConfirmed('eigner@example.com', 'de')
    await notices.publish()
    await waitFor('five failures', async () => {
      const state = await notices.db.prisma.endpointState.findUnique({ where: { endpointId } })
      return (state?.failureCount ?? 0) >= 5
    })
    await notices.look()
    await notices.letTimePass()
    await notices.look()
    for (const address of addresses)
      await waitFor('the notice', () => notices.mailsTo(address).length === 2)
    const [english, german] = addresses.map((address) => textOf(notices.mailsTo(address)[1]))
    expect(english).toMatch(/^Subject: 127\.0\.0\.1 is failing \(webhooks of own\)$/m)
    expect(english).toContain(`* 127.0.0.1 (${endpointId})`)
    expect(english).toContain('Cause: Your server is unavailable.')
    expect(english).toContain('What helps: ')
    expect(english).toMatch(/Nothing but failure since 20\d\d-\d\d-\d\d \d\d:\d\d UTC\./)
    expect(english).toContain('https://app.example.com/webhooks')
    expect(english).not.toContain('secret')
    expect(german).toContain('Ursache: ')
    expect(german).toContain('Fehlschlagend: 1')
    expect(german).toMatch(/^Subject: =\?UTF-8\?.*schl=C3=A4gt/m)
    expect(tokenIn(english ?? '')).not.toBe(tokenIn(german ?? ''))
    expect(await notices.look()).toBe(0)
  })

  it('name of where a receiver redirects the host, and nothing that may be secret', async () => {
    await using notices = await startNotices()
    await using receiver = await startReceiver()
    const location = 'https://user:pass@login.example.org/path?key=secret'
    receiver.replies({ status: 302, headers: { location, server: 'visit.example.net' } })
    const endpointId = await notices.addEndpoint(receiver.url)
    await notices.addConfirmed('owner@example.com')
    await notices.publish()
    await waitFor('an attempt', async () => (await notices.db.prisma.attempt.count()) > 0)
    await notices.setFailing(endpointId)
    await notices.look()
    await notices.letTimePass()
    await notices.look()
    await waitFor('the notice', () => notices.mailsTo('owner@example.com').length === 2)
    const text = textOf(notices.mailsTo('owner@example.com')[1])
    expect(text).toContain("Cause: It redirects to login.example.org; we don't follow.")
    expect(text).not.toMatch(/secret|pass|path|visit/)
    const { content } = await notices.db.prisma.noticeMail.findFirstOrThrow({
      where: { kind: 'notice' },
    })
    expect(JSON.stringify(content)).not.toMatch(/secret|pass|path|visit/)
  })

  it('tell when an endpoint will be disabled, and that it was, once each', async () => {
    await using notices = await startNotices()
    const endpointId = await notices.addEndpoint(NOWHERE)
    await notices.addConfirmed('owner@example.com')
    await notices.setFailing(endpointId)
    // The leading worker looks by itself.
    await waitFor('the news', async () => {
      const address = await notices.db.prisma.noticeAddress.findFirstOrThrow()
      return address.newsSince !== null
    })
    await notices.letTimePass()
    await waitFor('the warning', () => notices.mailsTo('owner@example.com').length === 2)
    await setDisabled(notices, endpointId, true)
    await notices.look()
    await notices.letTimePass()
    await notices.look()
    await waitFor('the end', () => notices.mailsTo('owner@example.com').length === 3)
    const [, warning, end] = notices.mailsTo('owner@example.com').map(textOf)
    expect(warning).toMatch(/It will be disabled at 20\d\d-\d\d-\d\d \d\d:\d\d UTC, unless/)
    expect(end).toMatch(/Disabled at 20\d\d-\d\d-\d\d \d\d:\d\d UTC: nothing is sent/)
    await notices.letTimePass()
    expect(await notices.look()).toBe(0)
  })

  it('tell of an outage of many endpoints in one mail, however many workers look', async () => {
    await using notices = await startNotices()
    await notices.startAnotherWorker()
    const endpoints = []
    for (let n = 0; n < 30; n++) endpoints.push(await notices.addEndpoint(NOWHERE))
    await notices.addConfirmed('owner@example.com')
    for (const endpointId of endpoints) await notices.setFailing(endpointId, 6)
    await notices.look()
    await notices.letTimePass()
    await Promise.all(Array.from({ length: 6 }, () => notices.look()))
    await waitFor('the notice', () => notices.mailsTo('owner@example.com').length === 2)
    await waitFor('its end', async () => (await notices.statuses()).join() === 'sent')
    const text = textOf(notices.mailsTo('owner@example.com')[1])
    expect(text).toMatch(/^Subject: 30 endpoints are in trouble \(webhooks of own\)$/m)
    expect(text.match(/^\* /gm)).toHaveLength(20)
    expect(text).toContain('Of these, not listed here: 10.')
    expect(notices.mailsTo('owner@example.com')).toHaveLength(2)
  })

  it('are sent by another worker when the one that took them died, whose late word counts for nothing', async () => {
    await using notices = await startNotices()
    const { prisma, hot } = notices.db
    const endpointId = await notices.addEndpoint(NOWHERE)
    await notices.addConfirmed('owner@example.com')
    await notices.stopWorker()
    await notices.setFailing(endpointId)
    await notices.look()
    await notices.letTimePass()
    expect(await notices.look()).toBe(1)
    const lease = { take: 10, leaseSeconds: 3_600 }
    const [dead] = await claimNoticeMails(prisma, lease)
    expect(await claimNoticeMails(prisma, lease)).toEqual([])
    await hot.query(`UPDATE notice_mail SET next_attempt_at = now() WHERE status = 'pending'`)
    await notices.startAnotherWorker()
    await waitFor('the notice', async () => (await notices.statuses()).join() === 'sent')
    const late = { attempt: 1, status: 'failed', inSeconds: 0, error: 'late' } as const
    await settleNoticeMail(prisma, { id: dead?.id ?? '', ...late })
    expect(await notices.statuses()).toEqual(['sent'])
    const [, mail] = notices.mailsTo('owner@example.com')
    expect(mail?.raw).toContain(`<${dead?.id}@posthorn.example>`)
    expect(notices.mailsTo('owner@example.com')).toHaveLength(2)
  })

  it('end with the link in each of them, also for what was still to be sent', async () => {
    await using notices = await startNotices()
    const endpointId = await notices.addEndpoint(NOWHERE)
    const { token } = await notices.addConfirmed('owner@example.com')
    await notices.stopWorker()
    await notices.setFailing(endpointId)
    await notices.look()
    await notices.letTimePass()
    expect(await notices.look()).toBe(1)
    await unsubscribeByLink(notices.core, { token, requestId: 'req_1', address: '192.0.2.1' })
    expect(await notices.statuses()).toEqual([])
    expect(await notices.look()).toBe(0)
  })

  it('are tried again where the mail server refuses them, which is written down without the address', async () => {
    await using notices = await startNotices()
    await notices.add('nobody@example.com')
    const newest = () => notices.db.prisma.noticeMail.findFirstOrThrow()
    await waitFor('an attempt', async () => (await newest()).error !== null)
    const { status, error } = await newest()
    expect(status).toBe('pending')
    expect(error).toContain('No such mailbox: …')
    expect(error).not.toMatch(/nobody/i)
  })

  it('are held up by no confirmation that nobody may ask for any more', async () => {
    await using notices = await startNotices()
    const { prisma, hot } = notices.db
    await notices.addConfirmed('owner@example.com')
    await notices.stopWorker()
    await notices.add('late@example.com')
    await hot.query(`UPDATE notice_address SET confirm_by = now()`)
    await notices.setFailing(await notices.addEndpoint(NOWHERE))
    await notices.look()
    await notices.letTimePass()
    await notices.look()
    const claimed = await claimNoticeMails(prisma, { take: 1, leaseSeconds: 60 })
    expect(claimed).toMatchObject([{ kind: 'notice', email: 'owner@example.com' }])
    await forget(notices)
    const left = await prisma.noticeMail.findMany({ where: { status: 'pending' } })
    expect(left).toMatchObject([{ kind: 'notice' }])
  })

  it('ask no more once it is confirmed', async () => {
    await using notices = await startNotices()
    await notices.stopWorker()
    const { id } = await notices.add('owner@example.com')
    const { token } = await notices.db.prisma.noticeAddress.findUniqueOrThrow({ where: { id } })
    const followed = { requestId: 'req_1', address: '192.0.2.1' }
    await confirmByLink(notices.core, { token: notices.core.vault.open(token), ...followed })
    expect(await notices.db.prisma.noticeMail.count()).toBe(0)
  })

  it('are kept for 30 days after they were sent', async () => {
    await using notices = await startNotices()
    await notices.addConfirmed('owner@example.com')
    const { prisma, hot } = notices.db
    await waitFor('its end', async () => (await prisma.noticeMail.findFirst())?.status === 'sent')
    await forget(notices)
    expect(await prisma.noticeMail.count()).toBe(1)
    await hot.query(`UPDATE notice_mail SET settled_at = now() - interval '31 days'`)
    await forget(notices)
    expect(await prisma.noticeMail.count()).toBe(0)
  })

  it('wait where the worker has no mail server, and forget who did not confirm in time', async () => {
    await using notices = await startNotices({ POSTHORN_SMTP_URL: '' })
    await notices.add('owner@example.com')
    const pending = await notices.db.prisma.noticeMail.findMany()
    expect(pending).toMatchObject([{ status: 'pending', attempts: 0 }])
    await notices.db.hot.query(`UPDATE notice_address SET confirm_by = now()`)
    await forget(notices)
    expect(await notices.db.prisma.noticeAddress.count()).toBe(0)
    expect(await notices.db.prisma.noticeMail.count()).toBe(0)
  })
})
