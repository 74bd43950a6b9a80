import { jsonText } from './json-text.ts'
import { listFilters } from './list-filters.ts'
import { itemsOf } from './methods.ts'
import { asNumber, isTrue, kindOf } from './operators.ts'
import { textOf } from './python-text.ts'
import { textFilters } from './text-filters.ts'
import { argument, type Args, elementsOf, isDict, TemplateFault, type Value } from './value.ts'

export type FilterFunction = (value: Value, args: Args) => Value

/** @throws {TemplateFault} no such filter, or none of such a value */
export function applyFilter(name: string, value: Value, args: Args): Value {
  const filter = FILTERS.get(name)
  if (filter === undefined) throw new TemplateFault(`There is no filter "${name.slice(0, 100)}".`)
  return filter(value, args)
}

const numberFilters: readonly (readonly [string, FilterFunction])[] = [
  ['abs', (value) => absolute(value)],
  ['int', (value, args) => toInt(value, argument(args, 0, 'default'))],
  ['float', (value, args) => toFloat(value, argument(args, 0, 'default'))],
  ['round', (value, args) => round(value, args)],
]

const anyFilters: readonly (readonly [string, FilterFunction])[] = [
  ['safe', (value) => value],
  ['string', textOf],
  ['default', byDefault],
  ['d', byDefault],
  ['tojson', (value, args) => jsonText(value, indentOf(argument(args, 0, 'indent')))],
  ['items', (value) => (value === undefined ? [] : itemsOf(dictOf(value)))],
  ['length', lengthOf],
  ['count', lengthOf],
]

function byDefault(value: Value, args: Args): Value {
  const isAbsent = value === undefined || (isTrue(argument(args, 1, 'boolean')) && !isTrue(value))
  return isAbsent ? (argument(args, 0, 'default_value') ?? '') : value
}

function lengthOf(value: Value): Value {
  if (isDict(value)) return BigInt(value.size)
  return BigInt(elementsOf(value).length)
}

function dictOf(value: Value) {
  if (isDict(value)) return value
  throw new TemplateFault(`${kindOf(value)} is no mapping.`)
}

function indentOf(value: Value): number | null {
  return typeof value === 'bigint' && value >= 0n && value <= 16n ? Number(value) : null
}

function absolute(value: Value): Value {
  const number = asNumber(value)
  if (number === null) throw new TemplateFault(`${kindOf(value)} is no number.`)
  return number < 0 ? -number : number
}

const INT = /^\s*[+-]?\d{1,4000}\s*$/
const FLOAT = /^\s*[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,4})?\s*$/

function toInt(value: Value, otherwise: Value = 0n): Value {
  if (typeof value === 'string' && INT.test(value)) return BigInt(value.trim().replace(/^\+/, ''))
  const number = typeof value === 'string' && FLOAT.test(value) ? Number(value) : asNumber(value)
  if (typeof number !== 'number') return number ?? otherwise
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : otherwise
}

function toFloat(value: Value, otherwise: Value = 0): Value {
  if (typeof value === 'string') return FLOAT.test(value) ? Number(value) : otherwise
  const number = asNumber(value)
  return number === null ? otherwise : Number(number)
}

// A half goes to the even neighbour, as Python has it.
function round(value: Value, args: Args): Value {
  const number = Number(absoluteSigned(value))
  const places = argument(args, 0, 'precision')
  const method = textOf(argument(args, 1, 'method') ?? 'common')
  const factor = 10 ** Number(typeof places === 'bigint' ? places : 0n)
  const scaled = number * factor
  if (method === 'ceil') return Math.ceil(scaled) / factor
  if (method === 'floor') return Math.floor(scaled) / factor
  const low = Math.floor(scaled)
  const isHalf = scaled - low === 0.5
  const whole = isHalf ? low + (low % 2 === 0 ? 0 : 1) : Math.round(scaled)
  return whole / factor
}

function absoluteSigned(value: Value): bigint | number {
  const number = asNumber(value)
  if (number === null) throw new TemplateFault(`${kindOf(value)} is no number.`)
  return number
}

const FILTERS: ReadonlyMap<string, FilterFunction> = new Map([
  ...anyFilters,
  ...numberFilters,
  ...textFilters,
  ...listFilters(applyFilter),
])
