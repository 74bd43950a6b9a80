import { DEFAULT_OPTIONS } from '@posthorn/core'
import { makeReply } from '@posthorn/core/ingest'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest, type TestIngestOptions } from './test-ingest.ts'

async function setup(options: TestIngestOptions = {}) {
  const ingest = await startTestIngest(options)
  const source = await ingest.source({
    type: 'generic',
    config: { deliveryIdFrom: 'json id' },
    options: { ...DEFAULT_OPTIONS, noVerification: true, waitForReply: true },
  })
  const scope = { ...ingest.scope, appId: source.appId }
  const reply = async (body: string) => {
    await waitFor('the message', async () => (await source.messages()).length > 0)
    const [message] = await source.messages()
    const replyId = message?.id ?? ''
    const given = { status: 201, headers: { 'content-type': 'text/plain' }, body }
    await makeReply(ingest.core, scope, { sourceId: source.id, replyId, reply: given })
  }
  return { ...ingest, source, reply }
}

it('a source of any type that waits answers what a backend replies, a repetition the same', async () => {
  await using ingest = await setup()
  const { source, reply } = ingest
  const sent = [source.send('{"id":"1"}'), source.send('{"id":"1"}')]
  await reply('done')
  for (const answer of await Promise.all(sent)) {
    expect(answer).toMatchObject({ status: 201, text: 'done' })
    expect(answer.headers.get('content-type')).toBe('text/plain')
  }
  expect(await source.send('{"id":"1"}')).toMatchObject({ status: 201, text: 'done' })
  expect(await source.messages()).toHaveLength(1)
})

it('a source that waits says when nobody replied; its message stays', async () => {
  await using ingest = await setup({ replyMs: 100 })
  const answer = await ingest.source.send('{"id":"1"}')
  expect(answer.status).toBe(504)
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'no_reply' })
  expect(await ingest.source.messages()).toHaveLength(1)
})
