import { randomUUID, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { setupWebhook, triggeredBy } from './losant-setup.ts'
import { makeRsaCertificate } from './rsa-certificate.ts'

const CHAIN = 'https://s3.amazonaws.com/echo.api/echo-api-cert.pem'
const { privateKey, pem } = makeRsaCertificate('echo-api.amazon.com')
const TRUSTED = { trustedRoots: [pem], fetchKey: () => Promise.resolve(pem) }
const BASIC = { basicAuthUsername: 'ann', basicAuthPassword: 'secret' }

/** As Alexa calls a skill now. */
function alexaCall() {
  const requestId = `amzn1.echo-api.request.${randomUUID()}`
  const request = { type: 'LaunchRequest', requestId, timestamp: new Date().toISOString() }
  const body = JSON.stringify({ version: '1.0', request })
  const signature = sign('sha256', Buffer.from(body), privateKey).toString('base64')
  const headers = { 'signature-256': signature, signaturecertchainurl: CHAIN }
  return { body, headers: { 'content-type': 'application/json', ...headers } }
}

it('of Alexa takes what a trusted chain signed: one message', async () => {
  await using webhook = await setupWebhook({ verificationType: 'alexa' }, TRUSTED)
  const call = alexaCall()
  expect(await webhook.call(call)).toMatchObject({ status: 200, text: '{"success":true}' })
  expect(await webhook.messages()).toHaveLength(1)
  expect((await triggeredBy(webhook)).body).toEqual(JSON.parse(call.body))
  const changed = { ...call, body: call.body.replace('Launch', 'Lunch_') }
  expect((await webhook.call(changed)).status).toBe(400)
  expect(await webhook.messages()).toHaveLength(1)
})

it('of Alexa asks for the password too, where one is set', async () => {
  await using webhook = await setupWebhook({ verificationType: 'alexa', ...BASIC }, TRUSTED)
  const call = alexaCall()
  expect((await webhook.call(call)).status).toBe(401)
  const authorization = `Basic ${Buffer.from('ann:secret').toString('base64')}`
  expect((await webhook.call({ ...call, headers: { authorization } })).status).toBe(400)
  const headers = { ...call.headers, authorization }
  expect((await webhook.call({ ...call, headers })).status).toBe(200)
  expect(await webhook.messages()).toHaveLength(1)
})
