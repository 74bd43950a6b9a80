import { expect, it } from 'vitest'
import { renderTemplate, TemplateRenderer } from '../src/index.ts'

const FOR_EVER = '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}'
const GREEDY =
  '{% set ns = namespace(l=[1]) %}{% for a in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}'

function rendering(value: string) {
  return { templates: { value }, input: '{"web1":{"n":12345678901234567890,"f":1.50}}' }
}

it('renders away from this thread, and keeps every digit of a number', async () => {
  await using renderer = new TemplateRenderer({ maxMs: 60_000 })
  expect(await renderer.render('a', rendering('{{ web1.n }} {{ web1.f }}'))).toEqual({
    kind: 'rendered',
    texts: { value: '12345678901234567890 1.5' },
  })
})

it('ends a template that runs for ever or takes all memory; another one is rendered meanwhile and after', async () => {
  await using renderer = new TemplateRenderer()
  const runaways = [
    renderer.render('a', rendering(FOR_EVER)),
    renderer.render('c', rendering(GREEDY)),
  ]
  const other = await renderer.render('b', rendering('{{ 1 + 1 }}'))
  expect(other).toEqual({ kind: 'rendered', texts: { value: '2' } })
  for (const runaway of await Promise.all(runaways))
    expect(runaway).toMatchObject({ kind: 'failed', detail: expect.stringContaining('too much') })
  const after = await renderer.render('a', rendering('{{ 1 + 1 }}'))
  expect(after).toEqual(other)
})

it('ends ten that run for ever, whoever’s they are, in about the time of two; the next is rendered', async () => {
  await using renderer = new TemplateRenderer()
  const startedAtMs = performance.now()
  const owners = Array.from({ length: 10 }, (_, n) => `owner ${n % 5}`)
  const results = await Promise.all(
    owners.map((owner) => renderer.render(owner, rendering(FOR_EVER))),
  )
  // 1.1 seconds for its turn and 0.8 to run; the rest is for threads that begin on a busy machine.
  expect(performance.now() - startedAtMs).toBeLessThan(4_000)
  const ran = results.filter((result) => result !== null)
  expect(ran.length).toBeGreaterThanOrEqual(1)
  // So long for its turn and so long to run: three threads don't come to more.
  expect(ran.length).toBeLessThanOrEqual(6)
  for (const result of ran) expect(result).toMatchObject({ kind: 'failed' })
  expect(await renderer.render('other', rendering('{{ 1 + 1 }}'))).toMatchObject({
    kind: 'rendered',
  })
})

it.each([
  ['output', "{% for a in range(99999) %}{{ 'x' * 100 }}{% endfor %}", 'too long'],
  ['a text', "{{ 'x' * 100000000 }}", 'too long'],
  ['a number', '{{ (9 ** 999) ** 9 }}', 'too great'],
  ['a range', '{{ range(100001) }}', 'too long'],
  ['recursion', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'too deep'],
  ['nesting', `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`, ''],
  ['division by zero', '{{ 1 / 0 }}', 'zero'],
  ['a member of what is undefined', '{{ web1.missing.more }}', 'undefined'],
  ['no template', '{% if %}', "can't be read"],
  ['a filter that is none', '{{ 1 | system }}', 'no filter'],
  ['an import', "{% include '/etc/passwd' %}", "can't be read"],
])('bounds %s: the template fails, and says why', async (_, value, why) => {
  await using renderer = new TemplateRenderer({ maxMs: 60_000 })
  expect(await renderer.render('a', rendering(value))).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining(why),
  })
})

it.each(['constructor', '__proto__', 'toString', 'prototype', '__class__', 'hasOwnProperty'])(
  'gives no way to the runtime by the name %s',
  (name) => {
    for (const owner of [
      'web1',
      "''",
      '[]',
      '1',
      'range',
      'loop',
      'web1.n',
      '(1, 2)',
      'namespace()',
    ])
      expect(renderTemplate(`[{{ (${owner} or 1)['${name}'] }}]`, '{"web1":{"n":1}}')).toBe('[]')
  },
)
