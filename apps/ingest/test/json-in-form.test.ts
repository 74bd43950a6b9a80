import { createHmac } from 'node:crypto'
import { DEFAULT_OPTIONS } from '@posthorn/core'
import { githubSignature, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'It is a secret'
const FORM = 'application/x-www-form-urlencoded'

async function setup(type: string) {
  const ingest = await startTestIngest({ hasWorker: true })
  const options = { ...DEFAULT_OPTIONS, bodies: 'json' } as const
  const source = await ingest.source({ type, secrets: [SECRET], options })
  return { ...ingest, source, receiver: await ingest.endpoint(source.appId) }
}

type Setup = Awaited<ReturnType<typeof setup>>

async function delivered({ receiver }: Pick<Setup, 'receiver'>, count: number) {
  await waitFor('the deliveries', () => receiver.requests.length === count)
  return receiver.requests.map(({ headers, body }) => [headers['content-type'], body.toString()])
}

function signed(body: string): string {
  return createHmac('sha256', SECRET).update(body).digest('hex')
}

function formOf(field: string, json: string): string {
  return `${field}=${encodeURIComponent(json)}`
}

describe('what GitHub sends as a form', () => {
  const EVENT = '{"action": "opened",\n "issue": {"id": 12345678901234567890}}'

  async function send({ source }: Setup, body: string, contentType: string) {
    const headers = {
      'content-type': contentType,
      'x-github-event': 'issues',
      'x-github-delivery': contentType,
      'x-hub-signature-256': githubSignature(SECRET, body),
    }
    return (await source.send(body, headers)).status
  }

  it('reaches endpoints as the JSON in it, under the type that the same JSON has as a body', async () => {
    await using github = await setup('github')
    expect(await send(github, formOf('payload', EVENT), FORM)).toBe(200)
    expect(await send(github, EVENT, 'application/json')).toBe(200)
    expect(await delivered(github, 2)).toEqual(Array(2).fill(['application/json', EVENT]))
    const messages = await github.source.messages()
    expect(messages.map(({ eventType }) => eventType)).toEqual(
      Array(2).fill('github.issues.opened'),
    )
    expect(Buffer.from(messages[0]?.original ?? []).toString()).toBe(formOf('payload', EVENT))
    expect(await github.source.requests()).toMatchObject([{ contentType: FORM }, {}])
  })

  it('is one message however often it comes', async () => {
    await using github = await setup('github')
    const body = formOf('payload', EVENT)
    expect([await send(github, body, FORM), await send(github, body, FORM)]).toEqual([200, 200])
    expect(await github.source.messages()).toHaveLength(1)
  })

  it('stays a form where there is more than that, or no JSON in it', async () => {
    await using github = await setup('github')
    for (const body of ['payload=words', `${formOf('payload', EVENT)}&more=1`])
      expect(await send(github, body, FORM)).toBe(200)
    const said = (await delivered(github, 2)).map(([, body]) => JSON.parse(body ?? ''))
    expect(said).toEqual(
      expect.arrayContaining([{ payload: 'words' }, { payload: EVENT, more: '1' }]),
    )
  })
})

it('what Slack sends when somebody clicks is the JSON in it, and a command stays a form', async () => {
  await using slack = await setup('slack')
  const click = '{"type":"block_actions","user":{"id":"U1"}}'
  for (const body of [formOf('payload', click), 'command=%2Fweather&text=94070']) {
    const seconds = `${Math.floor(Date.now() / 1000)}`
    const headers = {
      'content-type': FORM,
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': `v0=${signed(`v0:${seconds}:${body}`)}`,
    }
    expect((await slack.source.send(body, headers)).status).toBe(200)
  }
  const said = (await delivered(slack, 2)).map(([, body]) => JSON.parse(body ?? ''))
  expect(said).toEqual(
    expect.arrayContaining([JSON.parse(click), { command: '/weather', text: '94070' }]),
  )
  const types = (await slack.source.messages()).map(({ eventType }) => eventType)
  expect(types).toEqual(['slack.block_actions', 'slack.weather'])
})

it('the list that Mandrill sends in a form reaches endpoints as a list', async () => {
  await using mandrill = await setup('mandrill')
  const events = '[{"event":"open","_id":"1"},{"event":"click","_id":"2"}]'
  const body = formOf('mandrill_events', events)
  const key = createHmac('sha1', SECRET).update(`${mandrill.source.url}mandrill_events${events}`)
  const headers = { 'content-type': FORM, 'x-mandrill-signature': key.digest('base64') }
  expect((await mandrill.source.send(body, headers)).status).toBe(200)
  expect(await delivered(mandrill, 1)).toEqual([['application/json', events]])
  expect(await mandrill.source.messages()).toMatchObject([
    { eventType: 'mandrill.open', payload: events, payloadForm: 'text' },
  ])
})
