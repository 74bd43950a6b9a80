import { sign } from 'node:crypto'
import type { ReceiveContext } from '@posthorn/core'
import { expect, it } from 'vitest'
import { makeRsaCertificate } from './rsa-certificate.ts'
import { startTestIngest } from './test-ingest.ts'

type FetchKey = NonNullable<ReceiveContext['fetchKey']>

const HOST = 'https://sns.eu-west-1.amazonaws.com'
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:topic'
const SNS = { type: 'aws-sns', config: { topicArn: TOPIC } }
const { privateKey, pem } = makeRsaCertificate()

/** As SNS signs it: these fields in the order of their names. */
function snsMessage(type: 'Notification' | 'SubscriptionConfirmation'): string {
  const signed = {
    Message: 'hello',
    MessageId: `id-of-${type}`,
    ...(type === 'SubscriptionConfirmation' && { SubscribeURL: `${HOST}/?Action=Confirm` }),
    Timestamp: new Date().toISOString(),
    ...(type === 'SubscriptionConfirmation' && { Token: 'token' }),
    TopicArn: TOPIC,
    Type: type,
  }
  const text = Object.entries(signed).map(([name, value]) => `${name}\n${value}\n`)
  const signature = sign('sha256', Buffer.from(text.join('')), privateKey).toString('base64')
  const rest = { SignatureVersion: '2', Signature: signature, SigningCertURL: `${HOST}/a.pem` }
  return JSON.stringify({ ...signed, ...rest })
}

it('SNS: the certificate is fetched, the subscription confirmed, and a notification is a message', async () => {
  const asked: string[] = []
  const owners = new Set<string>()
  const fetchKey: FetchKey = async ({ url, owner }) => {
    asked.push(url)
    owners.add(owner)
    return pem
  }
  await using ingest = await startTestIngest({ fetchKey })
  const source = await ingest.source(SNS)
  expect((await source.send(snsMessage('SubscriptionConfirmation'))).status).toBe(200)
  expect(asked).toEqual([`${HOST}/a.pem`, `${HOST}/?Action=Confirm`])
  expect((await source.send(snsMessage('Notification'))).status).toBe(200)
  expect(await source.messages()).toHaveLength(1)
  const outcomes = (await source.requests()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['handshake', 'accepted'])
  expect([...owners]).toEqual([source.id])
})

it('a key or a confirmation that can’t be had is 503, so that the sender comes again', async () => {
  let isPemThere = false
  const fetchKey: FetchKey = async ({ url }) => {
    if (isPemThere && url.endsWith('.pem')) return pem
    throw new Error('down')
  }
  await using ingest = await startTestIngest({ fetchKey })
  const source = await ingest.source(SNS)
  expect((await source.send(snsMessage('Notification'))).status).toBe(503)
  expect((await source.send(snsMessage('SubscriptionConfirmation'))).status).toBe(503)
  isPemThere = true
  expect((await source.send(snsMessage('SubscriptionConfirmation'))).status).toBe(503)
  const told = (await source.requests()).map(({ outcome, reason }) => [outcome, reason])
  expect(told).toEqual(Array(3).fill(['quarantined', 'key_unavailable']))
  expect(await source.messages()).toEqual([])
})
