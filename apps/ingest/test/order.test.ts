import { once } from 'node:events'
import { connect } from 'node:net'
import { DEFAULT_OPTIONS } from '@posthorn/core'
import { githubSignature, waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const MB = 1024 * 1024

/** The statuses heard by a sender who waits to be asked for the body; 100: it was asked. */
async function statusesOf(url: string, headers: readonly string[]): Promise<number[]> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
    if (/^HTTP\/1\.1 100 .*\r\n\r\n$/.test(heard)) socket.write('{}')
  })
  const lines = [`POST ${pathname} HTTP/1.1`, 'host: a', 'connection: close', ...headers]
  socket.write([...lines, 'expect: 100-continue', '', ''].join('\r\n'))
  await once(socket, 'close')
  return heard.match(/^HTTP\/1\.1 \d+/gm)?.map((line) => Number(line.slice(9))) ?? []
}

const declared = (bytes: number) => [`content-length: ${bytes}`]

it('a request is judged by length, address, source, its pace, body and signature, in this order, and the body asked for as late as that', async () => {
  await using ingest = await startTestIngest({
    env: { POSTHORN_INGEST_ADDRESS_RATE: '0.1', POSTHORN_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const options = { ...DEFAULT_OPTIONS, rate: 0.1 }
  const source = await ingest.source({ type: 'openclaw', secrets: ['right'], options })
  const nowhere = `${ingest.url}/in/${'A'.repeat(43)}`
  const slow = ['x-forwarded-for: 192.0.2.1']
  await fetch(nowhere, { headers: { 'x-forwarded-for': '192.0.2.1' } })

  expect(await statusesOf(nowhere, [...slow, ...declared(30 * MB)])).toEqual([413])
  expect(await statusesOf(nowhere, [...slow, ...declared(2)])).toEqual([429])
  let from = 0
  const elsewhere = () => `x-forwarded-for: 198.51.100.${++from}`
  expect(await statusesOf(nowhere, [elsewhere(), ...declared(2)])).toEqual([404])

  const right = 'authorization: Bearer right'
  expect(await statusesOf(source.url, [elsewhere(), ...declared(2)])).toEqual([100, 401])
  expect(await statusesOf(source.url, [elsewhere(), right, ...declared(2)])).toEqual([100, 200])
  let unproven: number[] = []
  await waitFor('its pace to be used up', async () => {
    unproven = await statusesOf(source.url, [elsewhere(), ...declared(2)])
    if (unproven.at(-1) !== 429) await statusesOf(source.url, [elsewhere(), right, ...declared(2)])
    return unproven.at(-1) === 429
  })
  expect(unproven).toEqual([429])
})

it('who repeats an event has to prove it, too', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'github', secrets: ['right'] })
  const signed = (secret: string) => ({
    'x-hub-signature-256': githubSignature(secret, '{}'),
    'x-github-delivery': '1',
  })
  for (const [secret, status] of [
    ['right', 200],
    ['right', 200],
    ['wrong', 401],
  ] as const)
    expect((await source.send('{}', signed(secret))).status).toBe(status)
  const outcomes = (await source.requests()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['accepted', 'duplicate', 'quarantined'])
})
