import { describe, expect, it } from 'vitest'
import { BodyConverter, convertBody } from '../src/index.ts'

const read = (text: string) =>
  convertBody({ contentType: '', bytes: Buffer.from(text), isYaml: true })

async function valueOf(text: string): Promise<unknown> {
  const conversion = await read(text)
  return conversion.kind === 'json' ? JSON.parse(conversion.text) : conversion
}

describe('YAML', () => {
  it.each([
    ['a: 1\nb: [x, "2", true, null, 1.5]', { a: 1, b: ['x', '2', true, null, 1.5] }],
    ['{"a": {"b": []}}', { a: { b: [] } }],
    ['200:\n  no: yes\n  on: 2024-01-01', { 200: { no: 'yes', on: '2024-01-01' } }],
    ['a: &x {n: 1}\nb: *x\nc:\n  <<: *x\n  m: 2', { a: { n: 1 }, b: { n: 1 }, c: { m: 2, n: 1 } }],
    ['a: {<<: [{n: 1}, {n: 2, o: 3}], n: 0}', { a: { n: 0, o: 3 } }],
    ['a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['', null],
  ])('reads %j', async (text, value) => {
    expect(await valueOf(text)).toEqual(value)
  })

  it('keeps a key that would reach out of an object', async () => {
    const value = await valueOf('__proto__: {a: 1}')
    expect(Object.keys(Object(value))).toEqual(['__proto__'])
  })

  it.each([
    ['two meanings of a line', 'a: 1\nb: c: d', 'Line 2, column 4'],
    ['an end that is missing', 'a: 1\nb: [1,\nc: 2', 'Line 3, column 1'],
    ['a tab that indents', 'a:\n\tb: 1', 'Line 2, column 1'],
    ['a key that is there twice', 'a: 1\nb: 2\na: 3', 'Line 3, column 1'],
    ['an alias of nothing', 'a: 1\nb: *c', 'Line 2, column 4'],
    ['a second document', 'a: 1\n---\nb: 1', 'Line 2, column 1'],
    ['a tag of its own', 'a: !!js/function x', 'Line 1, column 4'],
    ['a number that JSON has not', 'a: .inf', 'Line 1, column 4'],
    ['a key that is no text', 'a: 1\n? [b]\n: 2', 'Line 2, column 3'],
  ])('names the line of %s', async (_, text, place) => {
    const conversion = await read(text)
    expect(conversion).toMatchObject({ kind: 'unusable', status: 400 })
    expect(conversion).toHaveProperty('detail', expect.stringContaining(`${place}: `))
  })

  const bomb = Array.from(
    { length: 30 },
    (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`,
  )
  it.each([
    ['lists of lists of aliases', ['a0: &a0 lol', ...bomb].join('\n')],
    ['a long text many times over', `a: &a ${'x'.repeat(50_000)}\nb: [${'*a, '.repeat(100)}]`],
    ['merges of merges', `a: &a {b: &b {<<: *a}}`],
    ['an alias of what it is in', 'a: &a [*a]'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['more levels than anything has', `${'['.repeat(200)}${']'.repeat(200)}`],
    ['more text than is read', `a: ${'x'.repeat(1_000_000)}`],
  ])('refuses %s', async (_, text) => {
    expect(await read(text)).toMatchObject({ kind: 'unusable', status: 413 })
  })

  it('is read in a thread of its own, however short', async () => {
    await using converter = new BodyConverter()
    const bytes = Buffer.from('a: b')
    const conversion = await converter.convert({ contentType: '', bytes, isYaml: true })
    expect(conversion).toEqual({ kind: 'json', text: '{"a":"b"}' })
  })
})
