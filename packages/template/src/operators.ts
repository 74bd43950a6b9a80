import { reprOf, textOf } from './python-text.ts'
import { isDict, Namespace, TemplateFault, Tuple, type Value } from './value.ts'

/** Longer texts and longer ints are refused. */
const MAX_CHARS = 1_000_000
const MAX_POWER = 1_000

export function isTrue(value: Value): boolean {
  if (value === undefined || value === null || value === false) return false
  if (typeof value === 'bigint') return value !== 0n
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0
  if (value instanceof Tuple) return value.items.length > 0
  return isDict(value) ? value.size > 0 : true
}

/** Deeply, and with ints and floats of one value the same. */
export function isSame(left: Value, right: Value): boolean {
  const [a, b] = [asNumber(left), asNumber(right)]
  // oxlint-disable-next-line eslint/eqeqeq: 1n == 1 is what Python's 1 == 1.0 is.
  if (a !== null && b !== null) return a == b
  if (Array.isArray(left) && Array.isArray(right)) return areSame(left, right)
  if (left instanceof Tuple && right instanceof Tuple) return areSame(left.items, right.items)
  if (isDict(left) && isDict(right))
    return (
      left.size === right.size &&
      [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
    )
  return left === right
}

function areSame(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((value, at) => isSame(value, right[at]))
}

/** Negative, zero or positive. @throws {TemplateFault} what has no order */
export function compare(left: Value, right: Value): number {
  const [a, b] = [asNumber(left), asNumber(right)]
  if (a !== null && b !== null) return a < b ? -1 : Number(a > b)
  if (typeof left === 'string' && typeof right === 'string')
    return left < right ? -1 : Number(left > right)
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right)
  throw new TemplateFault(`${kindOf(left)} and ${kindOf(right)} have no order.`)
}

function compareLists(left: readonly Value[], right: readonly Value[]): number {
  const at = left.findIndex((value, index) => !isSame(value, right[index]))
  if (at < 0 || at >= right.length) return left.length - right.length
  return compare(left[at], right[at])
}

export function contains(container: Value, value: Value): boolean {
  if (container === undefined) return false
  if (typeof container === 'string') return container.includes(textOf(value))
  if (Array.isArray(container)) return container.some((inner) => isSame(inner, value))
  if (container instanceof Tuple) return container.items.some((inner) => isSame(inner, value))
  if (isDict(container)) return container.has(value)
  throw new TemplateFault(`Nothing can be in ${kindOf(container)}.`)
}

export function asNumber(value: Value): bigint | number | null {
  if (typeof value === 'boolean') return value ? 1n : 0n
  return typeof value === 'bigint' || typeof value === 'number' ? value : null
}

/** @throws {TemplateFault} an operator that these have not */
export function calculate(operator: string, left: Value, right: Value): Value {
  if (operator === '~') return bounded(textOf(left) + textOf(right))
  const [a, b] = [asNumber(left), asNumber(right)]
  if (a !== null && b !== null) return calculateNumbers(operator, a, b)
  if (operator === '+') return join(left, right)
  if (operator === '*' && typeof left === 'string' && typeof right === 'bigint')
    return repeated(left, right)
  if (operator === '%' && typeof left === 'string')
    return formatText(left, right instanceof Tuple ? right.items : [right])
  throw unknown(operator, left, right)
}

function join(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return bounded(left + right)
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right]
  throw unknown('+', left, right)
}

function repeated(text: string, times: bigint): string {
  if (BigInt(text.length) * times > MAX_CHARS) throw new TemplateFault('The text becomes too long.')
  return times <= 0n ? '' : text.repeat(Number(times))
}

export function bounded(text: string): string {
  if (text.length > MAX_CHARS) throw new TemplateFault('The text becomes too long.')
  return text
}

function calculateNumbers(operator: string, a: bigint | number, b: bigint | number): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return calculateInts(operator, a, b)
  const [x, y] = [Number(a), Number(b)]
  if (y === 0 && ['/', '//', '%'].includes(operator)) throw new TemplateFault('Division by zero.')
  switch (operator) {
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      return x / y
    case '//':
      return Math.floor(x / y)
    case '%':
      return x - y * Math.floor(x / y)
    case '**':
      return x ** y
    default:
      throw unknown(operator, a, b)
  }
}

function calculateInts(operator: string, a: bigint, b: bigint): Value {
  if (b === 0n && ['/', '//', '%'].includes(operator)) throw new TemplateFault('Division by zero.')
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return boundedInt(a * b)
    case '/':
      return Number(a) / Number(b)
    case '//':
      return floorDivide(a, b)
    case '%':
      return a - b * floorDivide(a, b)
    case '**':
      return power(a, b)
    default:
      throw unknown(operator, a, b)
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

function power(a: bigint, b: bigint): Value {
  if (b < 0n) return Number(a) ** Number(b)
  if (b > MAX_POWER) throw new TemplateFault('The power is too great.')
  return boundedInt(a ** b)
}

const MOST = 10n ** 4_000n

function boundedInt(value: bigint): bigint {
  if (value > MOST || value < -MOST) throw new TemplateFault('The number becomes too great.')
  return value
}

/** `%s`, `%d`, `%r` and `%%` of Python's old formatting. */
export function formatText(text: string, values: readonly Value[]): string {
  let at = 0
  const formatted = text.replaceAll(/%([sdr%])/g, (_, kind: string) => {
    if (kind === '%') return '%'
    const value = values[at++]
    return kind === 'r' ? reprOf(value) : textOf(value)
  })
  return bounded(formatted)
}

function unknown(operator: string, left: Value, right: Value): TemplateFault {
  return new TemplateFault(`There is no ${operator} of ${kindOf(left)} and ${kindOf(right)}.`)
}

export function kindOf(value: Value): string {
  if (value === undefined) return 'something undefined'
  if (value === null) return 'None'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Tuple) return 'a tuple'
  if (isDict(value)) return 'a mapping'
  if (value instanceof Namespace) return 'a namespace'
  return typeof value === 'function' ? 'a function' : `a ${NAMES[typeof value] ?? 'value'}`
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  bigint: 'number',
  number: 'number',
  boolean: 'truth value',
}
