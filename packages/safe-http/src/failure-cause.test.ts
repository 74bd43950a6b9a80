import { expect, test } from 'vitest'
import { causeOfError } from './failure-cause.ts'

const withCode = (code: string, message = 'connect to 10.0.0.5:80 failed') =>
  Object.assign(new Error(message), { code })

const rows: [string, 'connect' | 'wait', string][] = [
  ['EHOSTUNREACH', 'connect', 'unreachable'],
  ['ENETUNREACH', 'connect', 'unreachable'],
  ['EADDRNOTAVAIL', 'connect', 'unreachable'],
  ['EPERM', 'connect', 'unreachable'],
  ['ECONNREFUSED', 'connect', 'connection_refused'],
  ['ETIMEDOUT', 'connect', 'connect_timeout'],
  ['ETIMEDOUT', 'wait', 'connection_reset'],
  ['ECONNRESET', 'wait', 'connection_reset'],
  ['EPIPE', 'wait', 'connection_reset'],
  ['CONNECTION_GONE', 'wait', 'connection_reset'],
  ['EPROTO', 'connect', 'tls_protocol'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wait', 'tls_protocol'],
  ['EMFILE', 'connect', 'internal_error'],
  ['ERR_SOMETHING_ELSE', 'wait', 'internal_error'],
]

test.each(rows)('takes %s in phase %s for %s, and shows no address', (errno, phase, code) => {
  const cause = causeOfError(withCode(errno), { host: 'a.example', phase })
  expect(cause).toMatchObject({ code, phase, log: { errno } })
  expect(cause.detail).toMatch(/^[A-Za-z].*\.$/)
  expect(cause.detail).not.toContain('10.0.0.5')
})

test.each([undefined, null, 'text', 5, new Error('no code')])(
  'takes %s for our own fault',
  (err) => {
    expect(causeOfError(err, { host: 'a.example', phase: 'wait' }).code).toBe('internal_error')
  },
)
