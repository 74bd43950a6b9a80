import { expect, test } from 'vitest'
import { formatShare } from './format.ts'

test('a share is rounded down: only all of it is 100%', () => {
  const shown = [1, 9_999 / 10_000, 0.578, 0.95, 2 / 3, 0].map(formatShare)
  expect(shown).toEqual(['100%', '99.9%', '57.8%', '95%', '66.6%', '0%'])
})
