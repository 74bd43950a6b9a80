import { DEFAULT_OPTIONS } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const REPLY = {
  status: 202,
  headers: { 'Content-Type': 'text/xml', location: '/{messageId}' },
  body: '<r id="{messageId}" source="{sourceId}">{eventType}</r>',
}
const ANY = { type: 'generic' }

function replying(reply: typeof REPLY) {
  return { options: { ...DEFAULT_OPTIONS, noVerification: true, reply } }
}

describe('a source with a reply of its own', () => {
  it('answers with its status, headers and body, in which stands what came of the request', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ ...ANY, ...replying(REPLY) })
    const sent = await source.send('{"type":"order"}')
    const [message] = await source.messages()
    expect(sent.status).toBe(202)
    expect(sent.text).toBe(`<r id="${message?.id}" source="${source.id}">generic.order</r>`)
    expect(sent.headers.get('content-type')).toBe('text/xml')
    expect(sent.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says so only of what it took: a request that fails verification is 401 as ever', async () => {
    await using ingest = await startTestIngest()
    const options = { ...DEFAULT_OPTIONS, reply: REPLY }
    const source = await ingest.source({ type: 'github', secrets: ['a-secret'], options })
    expect((await source.send('{}')).status).toBe(401)
    expect(await source.messages()).toEqual([])
  })

  it('sends no body with a status that has none', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ ...ANY, ...replying({ ...REPLY, status: 204 }) })
    expect(await source.send('{}')).toMatchObject({ status: 204, text: '' })
  })
})
