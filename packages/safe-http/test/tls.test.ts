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

interface RefusedCertificate {
  code: string
  what: string
  make: () => TlsOptions
  detail: RegExp
}

const refused: RefusedCertificate[] = [
  {
    code: 'tls_expired',
    what: 'has expired',
    make: () =>
      makeCertificate({
        ...forThisHost,
        issuer: root,
        notBefore: inDays(-9),
        notAfter: inDays(-2),
      }),
    detail: new RegExp(inDays(-2).toISOString().slice(0, 10)),
  },
  {
    code: 'tls_not_yet_valid',
    what: 'is not valid yet',
    make: () =>
      makeCertificate({ ...forThisHost, issuer: root, notBefore: inDays(2), notAfter: inDays(9) }),
    detail: new RegExp(inDays(2).toISOString().slice(0, 10)),
  },
  {
    code: 'tls_self_signed',
    what: 'signed itself',
    make: () => makeCertificate(forThisHost),
    detail: /self-signed/,
  },
  {
    code: 'tls_self_signed',
    what: 'has an unknown root in its chain',
    make: () => {
      const stranger = makeCertificate({ commonName: 'Stranger' })
      const leaf = makeCertificate({ ...forThisHost, issuer: stranger })
      return { key: leaf.key, cert: leaf.cert + stranger.cert }
    },
    detail: /self-signed/,
  },
  {
    code: 'tls_hostname_mismatch',
    what: 'is made out to another host',
    make: () =>
      makeCertificate({
        commonName: 'x',
        dnsNames: ['other.example', '*.b.example'],
        issuer: root,
      }),
    detail: /made out to other\.example, \*\.b\.example, not to 127\.0\.0\.1/,
  },
  {
    code: 'tls_unknown_ca',
    what: 'comes without its intermediate',
    make: () => makeCertificate({ ...forThisHost, issuer: intermediate }),
    detail: /no chain/,
  },
]

test.each(refused)('gives $code and sends nothing if the certificate $what', async (row) => {
  const { result, received } = await sendTo(row.make())
  expect(result).toMatchObject({ kind: 'failure', code: row.code, phase: 'tls' })
  expect(result).toMatchObject({ detail: expect.stringMatching(row.detail) })
  expect(received).toBe('')
})

test('never shows the addresses of a certificate', async () => {
  const dnsNames = ['10.1.2.4', 'other.example']
  const other = { commonName: 'x', ipAddresses: ['10.1.2.3'], dnsNames }
  const { result } = await sendTo(makeCertificate({ ...other, issuer: root }))
  expect(result).toMatchObject({ log: { names: 'other.example' } })
  expect(JSON.stringify(result)).not.toContain('10.1.2')
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
  expect(result.timing.totalMs).toBeLessThan(4_000)
})
