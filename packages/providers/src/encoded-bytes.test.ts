import { expect, it } from 'vitest'
import { sameText } from './encoded-bytes.ts'

const LONG = 'x'.repeat(300)

it.each([
  ['', ''],
  ['s3cret', 's3cret'],
  ['ключ', 'ключ'],
  ['€'.repeat(256), '€'.repeat(256)],
  [LONG, LONG],
])('%j is %j', (one, other) => {
  expect(sameText(one, other)).toBe(true)
})

it.each([
  ['', '\0'],
  ['s3cret', 's3cret\0'],
  ['s3cret', 's3creT'],
  ['s3cret', 's3cre'],
  ['€'.repeat(256), `${'€'.repeat(255)}e`],
  [LONG, `${LONG}x`],
  [LONG, 'x'.repeat(256)],
])('%j is not %j', (one, other) => {
  expect(sameText(one, other)).toBe(false)
  expect(sameText(other, one)).toBe(false)
})
