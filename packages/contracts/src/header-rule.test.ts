import { expect, test } from 'vitest'
import { isSensitiveHeader, shownHeaders } from './header-rule.ts'

test('the values of credentials are withheld', () => {
  for (const name of ['Authorization', 'x-api-key', 'X-Auth-Token', 'www-authenticate']) {
    expect(isSensitiveHeader(name)).toBe(true)
  }
  for (const name of ['x-custom', 'constructor', '__proto__', '']) {
    expect(isSensitiveHeader(name)).toBe(false)
  }
})

test('of a credential only its name is shown', () => {
  expect(shownHeaders({ 'x-team': 'billing', Authorization: 'Bearer s3cret' })).toEqual({
    headers: { 'x-team': 'billing' },
    sensitive: ['Authorization'],
  })
})
