import type { SendFailure, SendFailureCode } from '@posthorn/safe-http'
import { describe, expect, it } from 'vitest'
import { toOutcome } from './send-outcome.ts'

const TIMING = {
  dnsMs: 1,
  connectMs: null,
  tlsMs: null,
  waitMs: null,
  bodyMs: null,
  totalMs: 1,
  reusedSocket: false,
}

function failure(code: SendFailureCode, log: SendFailure['log'], more: Partial<SendFailure> = {}) {
  const seen = { code, phase: 'tls', detail: 'So it is.', log } as const
  return toOutcome({ kind: 'failure', ...seen, timing: TIMING, ...more }, '{}')
}

function response(status: number, more: { bodyTruncated?: boolean; keptBytes?: number } = {}) {
  return toOutcome(
    {
      kind: 'response',
      status,
      headers: {},
      body: '',
      bodyEncoding: 'utf8',
      keptBytes: 0,
      bodyTruncated: false,
      timing: TIMING,
      remoteAddress: '203.0.113.7',
      ...more,
    },
    'größer',
  )
}

const CERTIFICATE = {
  errno: 'CERT_REVOKED',
  notBefore: '2026-01-01',
  notAfter: '2026-02-01',
  names: 'other.example',
  fingerprint: 'AB:CD',
}

describe('of what the transport saw, an attempt keeps', () => {
  it.each([
    ['tls_expired', CERTIFICATE, { date: '2026-02-01' }],
    ['tls_not_yet_valid', CERTIFICATE, { date: '2026-01-01' }],
    ['tls_hostname_mismatch', CERTIFICATE, { names: 'other.example' }],
    ['tls_untrusted', CERTIFICATE, { reason: 'CERT_REVOKED' }],
    ['tls_self_signed', CERTIFICATE, {}],
    ['tls_hostname_mismatch', { ...CERTIFICATE, names: '' }, {}],
    ['tls_hostname_mismatch', { names: 'n'.repeat(900) }, { names: 'n'.repeat(200) }],
    ['response_headers_too_large', { limit: '16384' }, { limit: '16384' }],
    ['blocked_address', { address: '10.1.2.3', range: '10.0.0.0/8', why: 'private' }, {}],
    ['connection_refused', { errno: 'ECONNREFUSED' }, {}],
  ] as const)('what the sentence of %s says, and no more', (code, log, told) => {
    const params = { detail: 'So it is.', phase: 'tls', ...told }
    expect(failure(code, log)).toMatchObject({ kind: 'refused', code })
    expect(failure(code, log)).toHaveProperty('params', params)
  })

  it.each([
    ['invalid_url', { rule: 'scheme', fault: 'The URL must start with https://.' }, 'scheme'],
    ['invalid_header', { name: '"a b"' }, '"a b"'],
  ] as const)('why nothing could be sent: %s', (code, log, reason) => {
    const [told] = code === 'invalid_url' ? ['rule'] : ['name']
    expect(failure(code, log)).toEqual({
      kind: 'unsendable',
      code,
      params: { detail: 'So it is.', phase: 'tls', [told]: reason },
    })
  })

  it('the size of a request that was too large, and where an answer was cut', () => {
    expect(response(413)).toMatchObject({ code: 'http_413', params: { status: 413, bytes: 8 } })
    const cut = { bodyTruncated: true, keptBytes: 20_000 }
    expect(response(500, cut)).toMatchObject({ code: 'http_500', params: { cutAt: 20_000 } })
    expect(response(200, cut)).toMatchObject({ kind: 'delivered', params: { cutAt: 20_000 } })
    expect(response(500)).toHaveProperty('params', { status: 500 })
  })
})

describe('an answer whose body never ended', () => {
  const never = (status: number, headers: Record<string, string> = {}) =>
    failure('body_timeout', {}, { phase: 'body', response: { status, headers } })

  it('fails for that, with its status', () => {
    expect(never(500)).toMatchObject({
      kind: 'refused',
      code: 'body_timeout',
      params: { status: 500, phase: 'body' },
      response: { status: 500 },
    })
  })

  it.each([
    ['http_410', 410, {}],
    ['receiver_aborted', 500, { 'webhook-delivery': 'abort-message' }],
    ['receiver_disabled', 500, { 'webhook-delivery': 'disable' }],
  ])('is %s where it asked for that', (code, status, headers) => {
    expect(never(status, headers)).toMatchObject({ kind: 'refused', code })
  })
})
