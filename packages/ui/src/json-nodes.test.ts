import { expect, it } from 'vitest'
import { jsonNodes } from './json-nodes.ts'

const lines = (json: string) =>
  jsonNodes(json)?.map(({ depth, key, text, size }) => [depth, key, text, size])

it('keeps every digit, the order of keys and the escapes of values', () => {
  const json = '{"z": 12345678901234567890, "2": 1.50, "1": "a\\u0041\\"", "z": null}'
  expect(lines(json)).toEqual([
    [0, null, '{', 4],
    [1, 'z', '12345678901234567890', null],
    [1, '2', '1.50', null],
    [1, '1', '"a\\u0041\\""', null],
    [1, 'z', 'null', null],
  ])
})

it('tells what is in what, items by their place', () => {
  const nodes = jsonNodes('[[], {"a": [true]}, "b"]') ?? []
  expect(nodes.map(({ parent, key, size }) => [parent, key, size])).toEqual([
    [null, null, 3],
    [0, '0', 0],
    [0, '1', 1],
    [2, 'a', 1],
    [3, '0', null],
    [0, '2', null],
  ])
})

it('lays out what is nested ten thousand deep', () => {
  const deep = 10_000
  expect(jsonNodes('['.repeat(deep) + ']'.repeat(deep))).toHaveLength(deep)
})

it.each(['', '{', '12', '"text"', '{a: 1}'])('is nothing for %j', (json) => {
  expect(jsonNodes(json)).toBeNull()
})
