import type { AttemptOutcome } from '@posthorn/contracts'
import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { causeHint, causeOfCode, causeSentence } from './cause.tsx'
import { isLocale, type Locale } from './locale.ts'
import { chooseLocale } from './words.ts'

type Params = AttemptOutcome['params']

const unanswered = (phase: string, told: Params = {}): [0, Params] => [
  0,
  { detail: 'What the transport says.', phase, ...told },
]
const answered = (status: number, told: Params = {}): [number, Params] => [
  status,
  { status, ...told },
]

/** Each code that an attempt is stored with, and its status and params in that row, complete. */
const STORED: Readonly<Record<string, [number, Params]>> = {
  dns_not_found: unanswered('dns'),
  dns_timeout: unanswered('dns'),
  dns_failed: unanswered('dns'),
  blocked_address: unanswered('dns'),
  connection_refused: unanswered('connect'),
  connect_timeout: unanswered('connect'),
  unreachable: unanswered('connect'),
  connection_reset: unanswered('wait'),
  tls_expired: unanswered('tls', { date: '2026-11-01' }),
  tls_not_yet_valid: unanswered('tls', { date: '2027-01-01' }),
  tls_self_signed: unanswered('tls'),
  tls_hostname_mismatch: unanswered('tls', { names: 'other.example' }),
  tls_unknown_ca: unanswered('tls'),
  tls_untrusted: unanswered('tls', { reason: 'CERT_REVOKED' }),
  tls_protocol: unanswered('tls'),
  headers_timeout: unanswered('wait'),
  response_headers_too_large: unanswered('wait', { limit: '16384' }),
  bad_response: unanswered('wait'),
  body_timeout: answered(500, { detail: 'The answer never ended.', phase: 'body' }),
  response_too_large: answered(200, { cutAt: 20_000 }),
  http_redirect: answered(302, { location: 'https://example.com/new' }),
  ...Object.fromEntries(
    [400, 401, 403, 404, 405, 409, 410, 415, 422, 429, 500, 502, 503, 504].map((status) => [
      `http_${status}`,
      answered(status),
    ]),
  ),
  http_413: answered(413, { bytes: 2_000_000 }),
  http_4xx: answered(418),
  http_5xx: answered(520),
  receiver_aborted: answered(500),
  receiver_disabled: answered(500),
  invalid_url: unanswered('check', { rule: 'scheme' }),
  invalid_header: unanswered('check', { name: '"x-bad"' }),
  payload_expired: [0, {}],
  endpoint_disabled: [0, {}],
  endpoint_deleted: [0, {}],
  worker_lost: [0, {}],
  internal_error: [0, {}],
}

/** Of what isn't built yet; no attempt has them. */
const NOT_STORED = ['message_canceled', 'proxy_failed', 'transformation_failed']

const attemptWith = (code: string, [status, params]: [number, Params]) => ({
  outcome: { code, params },
  responseStatusCode: status,
  responseDurationMs: 12,
  timestamp: '2026-11-27T12:00:00.000Z',
  url: 'https://hooks.example.com/in',
})

const LANGUAGES = ['en', 'de'].filter(isLocale)

describe.each(LANGUAGES)('what is said of a cause in %s', (language: Locale) => {
  // It writes its language into the page, and there is none here.
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} })
    await chooseLocale(language)
  })
  afterAll(async () => {
    await chooseLocale('en')
    vi.unstubAllGlobals()
  })

  it.each(Object.entries(STORED))('is whole for %s', (code, stored) => {
    const attempt = attemptWith(code, stored)
    expect(causeSentence(attempt)).not.toMatch(/[?{}]|undefined|\.\.|\(0\)/)
    expect(causeSentence(attempt)).not.toContain(code)
    // A hint may ask, but only with words.
    expect(causeHint(attempt) ?? '').not.toMatch(/[{}]|undefined|(^|[^a-z0-9äöü])\?/i)
  })

  it.each(Object.keys(STORED))('is whole for %s where nothing but the status is stored', (code) => {
    const [status] = STORED[code] ?? [0]
    const attempt = attemptWith(code, [status, {}])
    expect(causeSentence(attempt)).not.toMatch(/[?{}]|undefined|\.\.|\(0\)/)
    expect(causeHint(attempt) ?? '').not.toMatch(/[{}]|undefined|(^|[^a-z0-9äöü])\?/i)
    expect(causeOfCode(code, attempt.url)).not.toMatch(/[?{}]|undefined/)
  })
})

describe('the reason itself', () => {
  it.each([
    ['tls_expired', 'The certificate expired on 2026-11-01.'],
    ['tls_not_yet_valid', 'The certificate starts on 2027-01-01.'],
    ['tls_hostname_mismatch', 'The certificate is made out to other.example.'],
    ['tls_untrusted', 'The certificate was refused: CERT_REVOKED.'],
    ['http_413', 'Too large for your server (2,000,000 bytes).'],
    ['response_headers_too_large', 'Its headers passed 16,384 bytes.'],
    ['response_too_large', 'The answer passed 20,000 bytes.'],
    ['invalid_url', "The URL can't be used: it must start with https."],
    ['invalid_header', 'Header "x-bad" can\'t be sent.'],
    ['body_timeout', 'The answer (500) never ended.'],
    ['connection_refused', 'Nothing listens at hooks.example.com:443.'],
  ])('of %s stands in its sentence', (code, sentence) => {
    expect(causeSentence(attemptWith(code, STORED[code] ?? [0, {}]))).toBe(sentence)
  })

  it('is said of every code that has a sentence', () => {
    const codes = Object.keys(causes)
      .filter((key) => key.startsWith('cause.') && !key.endsWith('.plain'))
      .map((key) => key.slice('cause.'.length))
    const known = [...Object.keys(STORED), ...NOT_STORED, 'unknown', 'http_other']
    expect(codes.toSorted()).toEqual(known.toSorted())
  })
})
