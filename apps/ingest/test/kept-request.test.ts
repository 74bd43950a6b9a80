import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'a-very-secret-secret'

it('the log of requests holds the names in a query, and no value of them', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'cloudevents', secrets: [SECRET] })
  const path = `/deep?access_token=${SECRET}&a=1&${SECRET}`
  expect((await source.send('{"specversion":"1.0"}', {}, path)).status).toBe(200)
  expect((await source.send('{}', {}, `/deep?access_token=not-${SECRET}`)).status).toBe(401)
  const [accepted, refused] = await source.requests()
  expect(accepted?.path).toBe('/deep?access_token=[withheld]&a=[withheld]&[withheld]')
  expect(refused?.path).toBe('/deep?access_token=[withheld]')
  const [kept] = await source.quarantined()
  expect(kept?.path).toBe('/deep?access_token=[withheld]')
  const whole = ingest.core.vault.open(kept?.request ?? new Uint8Array())
  expect(whole).toContain(`access_token=not-${SECRET}`)
})

it('it holds no header that carries the source’s secret or signature, whatever it is called', async () => {
  await using ingest = await startTestIngest()
  const own = await ingest.source({
    type: 'generic',
    config: { verification: 'header', header: 'X-My-Pass-Phrase' },
    secrets: [SECRET],
  })
  expect((await own.send('{}', { 'x-my-pass-phrase': SECRET, 'x-a': '1' })).status).toBe(200)
  const close = await ingest.source({ type: 'close', secrets: ['00'.repeat(32)] })
  const hash = createHmac('sha256', 'other').update('{}').digest('hex')
  expect((await close.send('{}', { 'close-sig-hash': hash, 'x-a': '1' })).status).toBe(401)
  for (const source of [own, close]) {
    const [request] = await source.requests()
    expect(request?.headers).toMatchObject({ 'x-a': '1' })
    expect(JSON.stringify(request?.headers)).not.toMatch(new RegExp(`${SECRET}|${hash}`))
  }
})
