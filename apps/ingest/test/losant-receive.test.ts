import { request } from 'node:http'
import type { ReceiveContext } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { setupWebhook } from './losant-setup.ts'

const SUCCESS = '{"success":true}'

describe('the URL', () => {
  it('is resolved by the token only: the id in its place, or another face, is a 404', async () => {
    await using webhook = await setupWebhook()
    for (const url of [
      `${webhook.url}/webhooks/${webhook.webhookId}`,
      `${webhook.url}/in/${webhook.token}`,
    ]) {
      expect((await fetch(url, { method: 'POST' })).status).toBe(404)
    }
    const answer = await fetch(`${webhook.url}/webhooks/${'x'.repeat(43)}`)
    expect(await answer.json()).toEqual({ type: 'NotFound', message: 'Webhook was not found' })
  })

  it('of a webhook that is disabled answers success, and nothing is triggered or stored', async () => {
    await using ingest = await setupWebhook()
    const webhook = await ingest.webhook({ responseCode: 202, waitForReply: true }, false)
    expect(await webhook.call({ body: '{}' })).toMatchObject({ status: 200, text: SUCCESS })
    expect([await webhook.messages(), await webhook.requests()]).toEqual([[], []])
  })
})

describe('the default reply', () => {
  it.each([
    [{}, 200, SUCCESS],
    [{ responseCode: 202 }, 202, SUCCESS],
    [{ responseCode: 404 }, 404, SUCCESS],
    [{ responseCode: 204 }, 204, ''],
    [{ responseCode: 100 }, 200, SUCCESS],
    [{ responseCode: 199 }, 200, SUCCESS],
    [{ responseCode: 202, verificationType: 'facebook' }, 200, SUCCESS],
    [{ responseCode: 202, verificationType: 'fitbit' }, 204, ''],
    [
      { responseCode: 202, verificationType: 'twilio' },
      200,
      '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
    ],
  ])('of %j is %i %s', async (config, status, text) => {
    await using webhook = await setupWebhook(config)
    expect(await webhook.call({ body: 'a' })).toMatchObject({ status, text })
    expect(await webhook.messages()).toHaveLength(1)
  })

  it('is JSON, or XML for Twilio, and nothing that a browser runs', async () => {
    await using webhook = await setupWebhook()
    const { headers } = await webhook.call()
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const twilio = await webhook.webhook({ verificationType: 'twilio' })
    expect((await twilio.call()).headers.get('content-type')).toBe('text/xml')
  })
})

describe('basic auth', () => {
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` })

  it.each([
    ['both', { basicAuthUsername: 'u', basicAuthPassword: 'p' }, 'u:p', 'u:'],
    ['a name alone', { basicAuthUsername: 'u' }, 'u:', 'u:p'],
    ['a password alone', { basicAuthPassword: 'p' }, ':p', 'u:p'],
  ])('with %s compares both, the missing one as empty', async (...[, config, right, wrong]) => {
    await using webhook = await setupWebhook(config)
    expect((await webhook.call({ headers: basic(right) })).status).toBe(200)
    for (const headers of [{}, basic(wrong), { authorization: 'Bearer u' }]) {
      const answer = await webhook.call({ headers })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/)
      expect(JSON.parse(answer.text)).toHaveProperty('type', 'Unauthorized')
    }
    expect(await webhook.messages()).toHaveLength(1)
  })

  it('is off when both fields are blank', async () => {
    await using webhook = await setupWebhook({ basicAuthUsername: '', basicAuthPassword: '' })
    expect((await webhook.call({ headers: basic('a:b') })).status).toBe(200)
  })
})

describe('throttling', () => {
  it('refuses what is over 100 calls in 10 seconds of one webhook, and of no other', async () => {
    await using webhook = await setupWebhook({ verificationType: 'facebook' })
    const other = await webhook.webhook({})
    const refused = '/?hub.mode=subscribe&hub.verify_token=wrong'
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        n % 3 === 0 ? webhook.call({ method: 'GET' }, refused) : webhook.call(),
      ),
    )
    const throttled = answers.filter(({ status }) => status === 429)
    expect(throttled.length).toBeGreaterThan(0)
    expect(answers.length - throttled.length).toBeGreaterThanOrEqual(100)
    expect(JSON.parse(throttled[0]?.text ?? '')).toEqual({
      type: expect.any(String),
      message: 'Over rate limit, request throttled',
    })
    expect(throttled[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await other.call()).status).toBe(200)
  })
})

describe('verification', () => {
  const facebook = { verificationType: 'facebook', verificationCode: 'sesame' }
  const fitbit = { verificationType: 'fitbit', verificationCode: 'sesame' }
  const ask = (token: string) => `?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=42`

  it('of Facebook echoes the challenge for the right token, else 403', async () => {
    await using webhook = await setupWebhook(facebook)
    const answer = await webhook.call({ method: 'GET' }, ask('sesame'))
    expect(answer).toMatchObject({ status: 200, text: '42' })
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect((await webhook.call({ method: 'GET' }, ask('other'))).status).toBe(403)
    expect(await webhook.messages()).toEqual([])
    expect((await webhook.call({ body: '{}' })).text).toBe(SUCCESS)
    expect(await webhook.messages()).toHaveLength(1)
  })

  it('of Facebook refuses everybody where no code is set', async () => {
    await using webhook = await setupWebhook({ verificationType: 'facebook' })
    expect((await webhook.call({ method: 'GET' }, ask(''))).status).toBe(403)
  })

  it('of Fitbit answers 204 for the right code and 404 for another, normal calls 204', async () => {
    await using webhook = await setupWebhook(fitbit)
    expect((await webhook.call({ method: 'GET' }, '?verify=sesame')).status).toBe(204)
    expect((await webhook.call({ method: 'GET' }, '?verify=other')).status).toBe(404)
    expect(await webhook.messages()).toEqual([])
    expect((await webhook.call({ body: '[]' })).status).toBe(204)
    expect(await webhook.messages()).toHaveLength(1)
  })

  it('by none asks nothing of whoever calls', async () => {
    await using webhook = await setupWebhook({ verificationCode: 'sesame' })
    expect((await webhook.call({ method: 'GET' }, ask('other'))).status).toBe(200)
    expect(await webhook.messages()).toHaveLength(1)
  })

  // Made when it is sent: a table is made when the file is read, which may be minutes before.
  const aged = (ms: number) => () =>
    JSON.stringify({ request: { timestamp: new Date(Date.now() - ms) } })
  const now = aged(0)
  const CHAIN = 'https://s3.amazonaws.com/echo.api/a.pem'
  const signed = { signaturecertchainurl: CHAIN, 'signature-256': 'AAAA' }

  it.each([
    ['no signature', now, {}, 'missing_signature'],
    ['no chain', now, { 'signature-256': 'AAAA' }, 'missing_signature'],
    ['no timestamp', () => '{}', signed, 'malformed_body'],
    ['a timestamp of 151 s ago', aged(151_000), signed, 'timestamp_too_old'],
    [
      'a chain of another host',
      now,
      { ...signed, signaturecertchainurl: 'https://a.example/echo.api/a.pem' },
      'untrusted_key',
    ],
    ['a certificate that nobody trusts', now, signed, 'untrusted_key'],
  ])('of Alexa refuses %s with 400', async (...[, bodyOf, headers, reason]) => {
    const fetchKey: NonNullable<ReceiveContext['fetchKey']> = () => Promise.resolve('no pem')
    await using webhook = await setupWebhook({ verificationType: 'alexa' }, { fetchKey })
    const answer = await webhook.call({ body: bodyOf(), headers })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toHaveProperty('type', 'Validation')
    expect(await webhook.requests()).toMatchObject([{ outcome: 'quarantined', reason }])
    expect(await webhook.messages()).toEqual([])
  })
})

describe('bad input', () => {
  it('of more than 25 MB is 413, before it is sent', async () => {
    await using webhook = await setupWebhook()
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': 30_000_000, expect: '100-continue' }
      const asked = request(webhook.webhookUrl, { method: 'POST', headers }, (res) => {
        res.resume()
        resolve(res.statusCode)
        asked.destroy()
      })
      asked.on('error', reject).flushHeaders()
    })
    expect(status).toBe(413)
  })

  it('that is encoded is 415 in Losant’s words', async () => {
    await using webhook = await setupWebhook()
    const answer = await webhook.call({ body: 'x', headers: { 'content-encoding': 'gzip' } })
    expect(answer.status).toBe(415)
    expect(JSON.parse(answer.text)).toHaveProperty('type', 'UnsupportedMediaType')
  })
})
