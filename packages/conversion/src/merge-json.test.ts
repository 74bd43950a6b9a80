import { expect, it } from 'vitest'
import { formToValue } from './form-to-value.ts'
import { mergeJson } from './merge-json.ts'

it.each([
  ['a=1&b=2', '{"b":3}', '{"a":"1","b":3}'],
  ['a=1&a=2', '{}', '{"a":["1","2"]}'],
  ['', '{"n":12345678901234567890, "n":1e400}', '{"n":12345678901234567890, "n":1e400}'],
  ['a=1', '[1,2]', '{"a":"1","body":[1,2]}'],
  ['body=1', '"text"', '{"body":"text"}'],
  ['__proto__=1', '{"x":1}', '{"__proto__":"1","x":1}'],
  ['', '{ }', '{}'],
])('merges %s into %s', (query, json, merged) => {
  expect(mergeJson(formToValue(query), json)).toBe(merged)
})
