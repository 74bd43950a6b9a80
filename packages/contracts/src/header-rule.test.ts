import { expect, test } from 'vitest'
import { isSensitiveHeader } from './header-rule.ts'

test('the values of credentials are withheld', () => {
  for (const name of ['Authorization', 'x-api-key', 'X-Auth-Token', 'www-authenticate']) {
    expect(isSensitiveHeader(name)).toBe(true)
  }
  for (const name of ['x-custom', 'constructor', '__proto__', '']) {
    expect(isSensitiveHeader(name)).toBe(false)
  }
})
