import type { NoticedCause } from '@posthorn/core/notice'
import { describe, expect, it } from 'vitest'
import { wordsOf } from './words.ts'

const NO_ANSWER = { host: 'example.com', port: '443', status: 0, durationMs: 12, location: null }
const AT = '2026-01-01T12:34:56.000Z'

function say(code: string, more: Partial<NoticedCause> = {}) {
  const cause = { ...NO_ANSWER, code, at: AT, ...more }
  const { cause: sentence, hint } = wordsOf('en')
  return [sentence(cause), hint(cause)]
}

describe('what a mail says of a cause', () => {
  it('has the values that are known', () => {
    expect(say('connection_reset')).toEqual([
      'example.com hung up before answering.',
      'Crash, restart or proxy idle limit at 2026-01-01 12:34 UTC.',
    ])
    expect(say('http_4xx', { status: 418 })[0]).toBe('Your server answered 418.')
    expect(say('http_999', { status: 999 })[0]).toBe('Your server answered 999.')
  })

  it('gives way to its plain form where a value is not known, to the code where it has none, and a hint to none', () => {
    expect(say('http_413', { status: 413 })).toEqual([
      'Too large for your server.',
      "Raise the limit, the proxy's too.",
    ])
    expect(say('tls_expired')[0]).toBe('The certificate has expired.')
    expect(say('http_redirect', { status: 302 })[0]).toBe("It redirects; we don't follow.")
    expect(say('dns_not_found', { host: null })).toEqual([
      'The attempt failed: dns_not_found.',
      "Check spelling and A/AAAA records; private DNS names can't be reached.",
    ])
    expect(say('tls_hostname_mismatch', { host: null })[1]).toBe(
      'Add the host of the URL, or check SNI: the default site may answer.',
    )
    expect(say('receiver_aborted')[1]).toBeNull()
  })
})
