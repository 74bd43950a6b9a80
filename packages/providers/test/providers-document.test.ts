import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { providersDocument } from './providers-document.ts'

test('docs/providers.md says what the rows say', () => {
  const file = new URL('../../../docs/providers.md', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(providersDocument())
})
