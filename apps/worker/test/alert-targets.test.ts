import { generateSecret } from '@posthorn/signing'
import { startReceiver } from '@posthorn/test-kit'
import { MAIL_PASSWORD, startMailServer } from '@posthorn/test-kit/mail'
import { describe, expect, it } from 'vitest'
import { SECRET, startAlerting, verified } from './alert-setup.ts'

const FROM = 'Posthorn <alerts@posthorn.example>'

describe('a test', { timeout: 120_000 }, () => {
  it('goes by e-mail to all addresses, and names those that the server refused', async () => {
    await using mail = await startMailServer()
    const env = {
      POSTHORN_SMTP_URL: mail.url,
      POSTHORN_SMTP_FROM: FROM,
      POSTHORN_CONSOLE_URL: 'https://console.posthorn.example/',
    }
    await using alerting = await startAlerting({ env })
    const addresses = ['ops@example.com', 'nobody@example.com']
    const id = await alerting.addRule({ kind: 'email', addresses }, { name: 'Grüße\tan alle' })
    const notificationId = await alerting.test(id)
    const [sent] = await alerting.untilSettled(id)
    expect(sent).toMatchObject({
      kind: 'test',
      status: 'sent',
      error: 'The server refused nobody@example.com.',
    })
    const [received] = mail.mails
    expect(mail.mails).toHaveLength(1)
    expect(received).toMatchObject({ from: 'alerts@posthorn.example', to: ['ops@example.com'] })
    expect(received?.raw).toContain(`<${notificationId}@posthorn.example>`)
    expect(received?.raw).toMatch(/^Subject: =\?UTF-8\?/m)
    expect(received?.raw).toContain('0 endpoints were disabled')
    expect(received?.raw.replaceAll(/=\r\n/g, '')).toContain(
      `https://console.posthorn.example/console/${alerting.app.orgId}/alerts/${id}`,
    )
  })

  it('says why the mail server did not take it, without its password, and is not tried again', async () => {
    await using mail = await startMailServer()
    const url = mail.url.replace(MAIL_PASSWORD, 'another-password')
    const env = { POSTHORN_SMTP_URL: url, POSTHORN_SMTP_FROM: FROM }
    await using alerting = await startAlerting({ env })
    const id = await alerting.addRule({ kind: 'email', addresses: ['ops@example.com'] })
    await alerting.test(id)
    const [failed] = await alerting.untilSettled(id)
    expect(failed).toMatchObject({ status: 'failed', attempts: 1 })
    expect(failed?.error).toContain('Invalid login')
    expect(failed?.error).not.toContain('another-password')
    expect(mail.mails).toEqual([])
  })

  it('of e-mail in a worker without SMTP says what is missing', async () => {
    await using alerting = await startAlerting()
    const id = await alerting.addRule({ kind: 'email', addresses: ['ops@example.com'] })
    await alerting.test(id)
    const [failed] = await alerting.untilSettled(id)
    expect(failed?.error).toContain('POSTHORN_SMTP_URL')
  })

  it('goes to Slack as a text in which no name can mention anybody', async () => {
    await using alerting = await startAlerting()
    await using slack = await startReceiver()
    const id = await alerting.addRule({ kind: 'slack', url: slack.url }, { name: '<!channel>' })
    await alerting.test(id)
    await alerting.untilSettled(id)
    const [request] = slack.requests
    const body = JSON.parse(request?.body.toString() ?? '{}')
    expect(Object.keys(body)).toEqual(['text'])
    expect(body.text).toMatch(/^\*Test: &lt;!channel&gt;\*\nThis is a test/)
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json' })
    expect(request?.headers).not.toHaveProperty('webhook-signature')
  })

  it('goes to a webhook signed with the secret of its own rule', async () => {
    await using alerting = await startAlerting()
    await using staff = await startReceiver()
    const own = await alerting.addRule({ kind: 'webhook', url: staff.url, secret: SECRET })
    const other = await alerting.addRule({
      kind: 'webhook',
      url: staff.url,
      secret: generateSecret(),
      authorization: 'Basic dXNlcjpwYXNz',
    })
    await alerting.test(own)
    await alerting.untilSettled(own)
    await alerting.test(other)
    await alerting.untilSettled(other)
    const [first, second] = staff.requests
    if (first === undefined || second === undefined) throw new Error('Two were sent.')
    expect(verified(first)).toMatchObject({ type: 'alert.test', data: { alertId: own } })
    expect(() => verified(second)).toThrow('No matching signature')
    expect(second.headers['authorization']).toBe('Basic dXNlcjpwYXNz')
  })

  it('is not sent to an address that endpoints may not have either', async () => {
    await using alerting = await startAlerting()
    const id = await alerting.addRule({ kind: 'slack', url: 'http://10.0.0.1/services/T/B/secret' })
    await alerting.test(id)
    const [failed] = await alerting.untilSettled(id)
    expect(failed?.status).toBe('failed')
    expect(failed?.error).toMatch(/not public|don't send/)
    expect(failed?.error).not.toContain('secret')
  })
})
