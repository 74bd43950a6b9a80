import { asNumber, compare, contains, isSame, isTrue } from './operators.ts'
import { textOf } from './python-text.ts'
import { isDict, TemplateFault, Tuple, type Value } from './value.ts'

type Test = (value: Value, args: readonly Value[]) => boolean

/** @throws {TemplateFault} no such test */
export function runTest(name: string, value: Value, args: readonly Value[]): boolean {
  const test = TESTS.get(name)
  if (test === undefined) throw new TemplateFault(`There is no test "${name.slice(0, 100)}".`)
  return test(value, args)
}

const isEqual: Test = (value, [other]) => isSame(value, other)
const isText = (value: Value): value is string => typeof value === 'string'
const isSequence: Test = (value) =>
  isText(value) || Array.isArray(value) || value instanceof Tuple || isDict(value)
const order =
  (holds: (sign: number) => boolean): Test =>
  (value, [other]) =>
    holds(compare(value, other))
const rest = (value: Value, by: Value): Value => {
  const [a, b] = [asNumber(value), asNumber(by)]
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || b === 0n)
    throw new TemplateFault('Only whole numbers are divisible.')
  return a % b
}

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['defined', (value) => value !== undefined],
  ['undefined', (value) => value === undefined],
  ['none', (value) => value === null],
  ['boolean', (value) => typeof value === 'boolean'],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['integer', (value) => typeof value === 'bigint'],
  ['float', (value) => typeof value === 'number'],
  ['number', (value) => asNumber(value) !== null],
  ['string', isText],
  ['mapping', isDict],
  ['sequence', isSequence],
  ['iterable', isSequence],
  ['callable', (value) => typeof value === 'function'],
  ['odd', (value) => rest(value, 2n) !== 0n],
  ['even', (value) => rest(value, 2n) === 0n],
  ['divisibleby', (value, [by]) => rest(value, by) === 0n],
  ['lower', (value) => textOf(value) === textOf(value).toLowerCase()],
  ['upper', (value) => textOf(value) === textOf(value).toUpperCase()],
  ['in', (value, [container]) => contains(container, value)],
  ['truthy', isTrue],
  ...['eq', 'equalto', '=='].map((name) => [name, isEqual] as const),
  ...['ne', '!='].map((name): [string, Test] => [name, (value, args) => !isEqual(value, args)]),
  ...['lt', 'lessthan', '<'].map((name) => [name, order((sign) => sign < 0)] as const),
  ...['gt', 'greaterthan', '>'].map((name) => [name, order((sign) => sign > 0)] as const),
  ...['le', '<='].map((name) => [name, order((sign) => sign <= 0)] as const),
  ...['ge', '>='].map((name) => [name, order((sign) => sign >= 0)] as const),
])
