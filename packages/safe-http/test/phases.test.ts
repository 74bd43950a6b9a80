import { expect, test } from 'vitest'
import type { SafeClient, SendPhase } from '../src/index.ts'
import { makeCertificate } from './certificate.ts'
import { dnsServer } from './dns-server.ts'
import { localClient, okResponse, rawServer, tlsServer } from './servers.ts'

/** The phases of one request, in the order in which they were told. */
async function phasesOf(client: SafeClient, url: string, told: SendPhase[] = []) {
  const onPhase = (phase: SendPhase) => void told.push(phase)
  await client.send({ url, headers: [], body: '{}', deadlineMs: 3_000, onPhase })
  return told
}

test('tells each phase as it begins, and of a kept connection only those that there are', async () => {
  const certificate = makeCertificate({ commonName: 'receiver', dnsNames: ['receiver.example'] })
  await using dns = await dnsServer(() => ({ addresses: ['127.0.0.1'] }))
  await using server = await tlsServer(certificate, (socket) => socket.write(okResponse))
  await using client = localClient({
    trustedCa: [certificate.cert],
    dns: { servers: [dns.address], timeoutMs: 2_000 },
  })
  const url = `https://receiver.example:${server.port}/`
  expect(await phasesOf(client, url)).toEqual(['dns', 'connect', 'tls', 'wait', 'body'])
  expect(await phasesOf(client, url)).toEqual(['wait', 'body'])
})

test('tells a phase before it is over', async () => {
  const told: SendPhase[] = []
  const seen: (SendPhase | undefined)[] = []
  await using server = await rawServer((socket) => {
    seen.push(told.at(-1))
    socket.write(okResponse)
  })
  await using client = localClient()
  await phasesOf(client, server.url, told)
  expect(seen).toEqual(['wait'])
})

test('tells of waiting for a connection where all of the origin are in use', async () => {
  const answers: (() => void)[] = []
  await using server = await rawServer((socket) => {
    answers.push(() => void socket.write(okResponse))
    if (answers.length > 1) answers.at(-1)?.()
  })
  await using client = localClient({ maxConnectionsPerOrigin: 1 })
  const told: SendPhase[] = []
  const first = phasesOf(client, server.url)
  const second = phasesOf(client, server.url, told)
  await expect.poll(() => answers.length).toBe(1)
  expect(told).toEqual(['queue'])
  answers[0]?.()
  await first
  expect(await second).toEqual(['queue', 'wait', 'body'])
})

test('begins again where a kept connection turns out to be gone', async () => {
  let requests = 0
  await using server = await rawServer((socket) => {
    requests++
    if (requests === 2) socket.destroy()
    else socket.write(okResponse)
  })
  await using client = localClient()
  await phasesOf(client, server.url)
  expect(await phasesOf(client, server.url)).toEqual(['wait', 'connect', 'wait', 'body'])
})
