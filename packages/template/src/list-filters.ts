import type { FilterFunction } from './filters.ts'
import { memberOf } from './members.ts'
import { bounded, calculate, compare, isTrue, kindOf } from './operators.ts'
import { textOf } from './python-text.ts'
import { runTest } from './tests.ts'
import { countOf } from './text-filters.ts'
import {
  argument,
  type Args,
  elementsOf,
  isDict,
  TemplateFault,
  Tuple,
  type Value,
} from './value.ts'

type Apply = (name: string, value: Value, args: Args) => Value

export function listFilters(apply: Apply): readonly (readonly [string, FilterFunction])[] {
  return [
    ['list', (value) => [...elementsOf(value)]],
    ['first', (value) => elementsOf(value)[0]],
    ['last', (value) => elementsOf(value).at(-1)],
    ['join', join],
    ['reverse', reverse],
    ['sort', sort],
    ['dictsort', dictSort],
    ['unique', unique],
    ['sum', sum],
    ['min', (value, args) => extreme(value, args, -1)],
    ['max', (value, args) => extreme(value, args, 1)],
    ['batch', batch],
    ['map', (value, args) => mapped(value, args, apply)],
    ['select', (value, args) => kept(value, args, true)],
    ['reject', (value, args) => kept(value, args, false)],
    ['selectattr', (value, args) => keptByAttribute(value, args, true)],
    ['rejectattr', (value, args) => keptByAttribute(value, args, false)],
  ]
}

function join(value: Value, args: Args): Value {
  const attribute = argument(args, 1, 'attribute')
  const separator = textOf(argument(args, 0, 'd'))
  return bounded(
    elementsOf(value)
      .map((item) => textOf(pick(item, attribute)))
      .join(separator),
  )
}

function reverse(value: Value): Value {
  return typeof value === 'string'
    ? Array.from(value).toReversed().join('')
    : elementsOf(value).toReversed()
}

/** `a.b.0` of an item; the item itself without an attribute. */
function pick(item: Value, attribute: Value): Value {
  if (attribute === undefined || attribute === null) return item
  if (typeof attribute === 'bigint') return memberOf(item, attribute, 'item')
  const steps = textOf(attribute).split('.')
  return steps.reduce<Value>((owner, step) => {
    return memberOf(owner, /^\d{1,9}$/.test(step) ? BigInt(step) : step, 'item')
  }, item)
}

// Texts are compared without their case, unless that is asked for.
function ordering(args: Args, caseAt: number): (value: Value) => Value {
  const isExact = isTrue(argument(args, caseAt, 'case_sensitive'))
  return (value) => (typeof value === 'string' && !isExact ? value.toLowerCase() : value)
}

function sort(value: Value, args: Args): Value {
  const key = ordering(args, 1)
  const attribute = argument(args, 2, 'attribute')
  const sign = isTrue(argument(args, 0, 'reverse')) ? -1 : 1
  return elementsOf(value).toSorted(
    (a, b) => sign * compare(key(pick(a, attribute)), key(pick(b, attribute))),
  )
}

function dictSort(value: Value, args: Args): Value {
  if (!isDict(value)) throw new TemplateFault(`${kindOf(value)} is no mapping.`)
  const key = ordering(args, 0)
  const at = textOf(argument(args, 1, 'by') ?? 'key') === 'value' ? 1 : 0
  const sign = isTrue(argument(args, 2, 'reverse')) ? -1 : 1
  return [...value]
    .toSorted((a, b) => sign * compare(key(a[at]), key(b[at])))
    .map((pair) => new Tuple(pair))
}

function unique(value: Value, args: Args): Value {
  const key = ordering(args, 0)
  const attribute = argument(args, 1, 'attribute')
  const seen = new Set<Value>()
  return elementsOf(value).filter((item) => {
    const own = key(pick(item, attribute))
    if (seen.has(own)) return false
    seen.add(own)
    return true
  })
}

function sum(value: Value, args: Args): Value {
  const attribute = argument(args, 0, 'attribute')
  return elementsOf(value).reduce<Value>(
    (total, item) => calculate('+', total, pick(item, attribute)),
    argument(args, 1, 'start') ?? 0n,
  )
}

function extreme(value: Value, args: Args, sign: 1 | -1): Value {
  const key = ordering(args, 0)
  const attribute = argument(args, 1, 'attribute')
  return elementsOf(value).reduce<Value>((best, item) => {
    if (best === undefined) return item
    const order = compare(key(pick(item, attribute)), key(pick(best, attribute)))
    return order * sign > 0 ? item : best
  }, undefined)
}

function batch(value: Value, args: Args): Value {
  const items = elementsOf(value)
  const size = Math.max(1, countOf(argument(args, 0, 'linecount'), 1))
  const fill = argument(args, 1, 'fill_with') ?? null
  const rows: Value[][] = []
  for (let at = 0; at < items.length; at += size) rows.push(items.slice(at, at + size))
  const last = rows.at(-1)
  if (last !== undefined && fill !== null) while (last.length < size) last.push(fill)
  return rows
}

function mapped(value: Value, args: Args, apply: Apply): Value {
  const attribute = args.named.get('attribute')
  const otherwise = args.named.get('default')
  const [filter, ...positional] = args.positional
  return elementsOf(value).map((item) => {
    if (attribute !== undefined) return pick(item, attribute) ?? otherwise
    return apply(textOf(filter), item, { positional, named: args.named })
  })
}

function kept(value: Value, { positional: [test, ...rest] }: Args, wanted: boolean): Value {
  return elementsOf(value).filter((item) => holds(item, test, rest) === wanted)
}

function keptByAttribute(value: Value, { positional }: Args, wanted: boolean): Value {
  const [attribute, test, ...rest] = positional
  return elementsOf(value).filter((item) => holds(pick(item, attribute), test, rest) === wanted)
}

function holds(value: Value, test: Value, rest: readonly Value[]): boolean {
  return test === undefined ? isTrue(value) : runTest(textOf(test), value, rest)
}
