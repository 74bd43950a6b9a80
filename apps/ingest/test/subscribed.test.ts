import { createEndpoint } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { ENDPOINT, startTestIngest } from './test-ingest.ts'

it('two sources of one application: an endpoint may take one of them, one type, or all', async () => {
  await using ingest = await startTestIngest({ hasWorker: true })
  const { core, scope } = ingest
  const one = await ingest.source()
  const two = await ingest.source({ application: one.appId })
  expect(two.appId).toBe(one.appId)
  // An endpoint names only types that are there.
  await one.send('{"type":"paid","from":0}')
  const taking = async (filter: { channels?: string[]; eventTypes?: string[] }) => {
    const receiver = await startReceiver()
    const input = { ...ENDPOINT, ...filter, url: receiver.url }
    await createEndpoint(core, { ...scope, appId: one.appId }, input)
    return receiver
  }
  await using all = await taking({})
  await using ofTwo = await taking({ channels: [two.id] })
  await using paid = await taking({ eventTypes: ['generic-webhook.paid'] })
  await one.send('{"type":"paid","from":1}')
  await two.send('{"type":"paid","from":2}')
  await two.send('{"type":"sent","from":2}')
  await waitFor('all deliveries', () => all.requests.length === 3)
  await waitFor('those of one type', () => paid.requests.length === 2)
  await waitFor('those of one source', () => ofTwo.requests.length === 2)
  const kept = (await ingest.core.db.prisma.delivery.findMany()).length
  expect(kept).toBe(7)
  const said = ofTwo.requests.map(({ body }) => JSON.parse(body.toString()))
  expect(said).toEqual(
    expect.arrayContaining([
      { type: 'paid', from: 2 },
      { type: 'sent', from: 2 },
    ]),
  )
})
