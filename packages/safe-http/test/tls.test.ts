import type { TlsOptions } from 'node:tls'

import { expect, test } from 'vitest'

import type { SendResult } from '../src/index.ts'
import { classifyCertificateError } from '../src/tls-handshake.ts'
import { makeCertificate } from './certificate.ts'
import { localClient, rawServer, tlsServer } from './servers.ts'

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

const root = makeCertificate({ commonName: 'Test Root' })
const intermediate = makeCertificate({ commonName: 'Test Intermediate', issuer: root })
const forThisHost = { commonName: 'receiver', ipAddresses: ['127.0.0.1'] }

async function sendTo(
  serverOptions: TlsOptions,
): Promise<{ result: SendResult; received: string }> {
  await using server = await tlsServer(serverOptions)
  await using client = localClient({ trustedCa: [root.cert] })
  const result = await client.send({
    url: server.url,
    headers: [],
    body: 'secret',
    deadlineMs: 5000,
  })
  return { result, received: server.received }
}

test('sends over TLS to a host whose chain leads to a trusted authority, timing each phase', async () => {
  const leaf = makeCertificate({ ...forThisHost, issuer: intermediate })
  const { result, received } = await sendTo({ key: leaf.key, cert: leaf.cert + intermediate.cert })
  expect(result).toMatchObject({
    kind: 'response',
    status: 200,
    body: 'ok',
    remoteAddress: '127.0.0.1',
  })
  expect(result.timing).toMatchObject({ dnsMs: null, reusedSocket: false })
  for (const phase of ['connectMs', 'tlsMs', 'waitMs', 'bodyMs'] as const) {
    expect(result.timing[phase]).toBeGreaterThan(0)
  }
  expect(received).toContain('secret')
})

const refused: [string, string, () => TlsOptions, RegExp][] = [
  [
    'tls_expired',
    'has expired',
    () =>
      makeCertificate({
        ...forThisHost,
        issuer: root,
        notBefore: inDays(-9),
        notAfter: inDays(-2),
      }),
    new RegExp(inDays(-2).toISOString().slice(0, 10)),
  ],
  [
    'tls_not_yet_valid',
    'is not valid yet',
    () =>
      makeCertificate({ ...forThisHost, issuer: root, notBefore: inDays(2), notAfter: inDays(9) }),
    new RegExp(inDays(2).toISOString().slice(0, 10)),
  ],
  ['tls_self_signed', 'signed itself', () => makeCertificate(forThisHost), /self-signed/],
  [
    'tls_self_signed',
    'has an unknown root in its chain',
    () => {
      const stranger = makeCertificate({ commonName: 'Stranger' })
      const leaf = makeCertificate({ ...forThisHost, issuer: stranger })
      return { key: leaf.key, cert: leaf.cert + stranger.cert }
    },
    /self-signed/,
  ],
  [
    'tls_hostname_mismatch',
    'is made out to another host',
    () =>
      makeCertificate({
        commonName: 'x',
        dnsNames: ['other.example', '*.b.example'],
        issuer: root,
      }),
    /made out to other\.example, \*\.b\.example, not to 127\.0\.0\.1/,
  ],
  [
    'tls_unknown_ca',
    'comes without its intermediate',
    () => makeCertificate({ ...forThisHost, issuer: intermediate }),
    /no chain/,
  ],
]

test.each(refused)(
  'gives %s and sends nothing if the certificate %s',
  async (code, _what, make, detail) => {
    const { result, received } = await sendTo(make())
    expect(result).toMatchObject({
      kind: 'failure',
      code,
      phase: 'tls',
      remoteAddress: '127.0.0.1',
    })
    if (result.kind === 'failure') expect(result.detail).toMatch(detail)
    expect(received).toBe('')
  },
)

test('never shows the addresses of a certificate', async () => {
  const other = { commonName: 'x', ipAddresses: ['10.1.2.3'], dnsNames: ['other.example'] }
  const { result } = await sendTo(makeCertificate({ ...other, issuer: root }))
  expect(JSON.stringify(result)).not.toContain('10.1.2.3')
})

test.each([
  'CERT_REVOKED',
  'INVALID_PURPOSE',
  'CERT_SIGNATURE_FAILURE',
  'PATH_LENGTH_EXCEEDED',
  'null',
])('counts a certificate refused for %s as untrusted', (errno) => {
  expect(classifyCertificateError(errno)).toBe('tls_untrusted')
})

test('gives tls_protocol if plain HTTP is spoken at the port', async () => {
  await using server = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await using client = localClient()
  const url = server.url.replace('http:', 'https:')
  const result = await client.send({ url, headers: [], body: 'x', deadlineMs: 5000 })
  expect(result).toMatchObject({ kind: 'failure', code: 'tls_protocol', phase: 'tls' })
})

test('gives tls_protocol if a client certificate is demanded', async () => {
  const leaf = makeCertificate({ ...forThisHost, issuer: root })
  const { result } = await sendTo({
    ...leaf,
    requestCert: true,
    rejectUnauthorized: true,
    ca: root.cert,
  })
  expect(result).toMatchObject({ kind: 'failure', code: 'tls_protocol' })
})

test('gives tls_protocol if only an outdated version is offered', async () => {
  const leaf = makeCertificate({ ...forThisHost, issuer: root })
  const outdated = {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  } as const
  const { result } = await sendTo({ ...leaf, ...outdated })
  expect(result).toMatchObject({ kind: 'failure', code: 'tls_protocol', phase: 'tls' })
})

test('gives connection_reset if the host hangs up during the handshake', async () => {
  await using server = await rawServer((socket) => socket.destroy())
  await using client = localClient()
  const url = server.url.replace('http:', 'https:')
  const result = await client.send({ url, headers: [], body: 'x', deadlineMs: 5000 })
  expect(result).toMatchObject({ kind: 'failure', code: 'connection_reset', phase: 'tls' })
})

test('gives connect_timeout if the handshake never ends', async () => {
  await using server = await rawServer(() => {})
  await using client = localClient({ connectTimeoutMs: 150 })
  const url = server.url.replace('http:', 'https:')
  const result = await client.send({ url, headers: [], body: 'x', deadlineMs: 5000 })
  expect(result).toMatchObject({ kind: 'failure', code: 'connect_timeout', phase: 'tls' })
  expect(result.timing.totalMs).toBeLessThan(1500)
})
