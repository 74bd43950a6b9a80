import { applyFilter } from './filters.ts'
import { memberOf } from './members.ts'
import type { Call, CallArgument, Expression, Filter, Member, Slice } from './node.ts'
import { asNumber, calculate, compare, contains, isSame, isTrue, kindOf } from './operators.ts'
import type { Scope } from './scope.ts'
import { sliceOf } from './slice.ts'
import { runTest } from './tests.ts'
import { type Args, elementsOf, isDict, TemplateFault, Tuple, type Value } from './value.ts'

/** What an expression comes to where it stands. @throws {TemplateFault} nothing */
// The cases of one union.
// oxlint-disable-next-line eslint/complexity
export function evaluate(node: Expression, scope: Scope): Value {
  switch (node.type) {
    case 'Identifier':
      return constantOf(node.value, scope)
    case 'IntegerLiteral':
      return BigInt(node.value)
    case 'FloatLiteral':
    case 'StringLiteral':
      return node.value
    case 'ArrayLiteral':
      return node.value.map((inner) => evaluate(inner, scope))
    case 'TupleLiteral':
      return new Tuple(node.value.map((inner) => evaluate(inner, scope)))
    case 'ObjectLiteral':
      return new Map(
        [...node.value].map(([key, inner]) => [evaluate(key, scope), evaluate(inner, scope)]),
      )
    case 'BinaryExpression':
      return evaluateBinary(node, scope)
    case 'UnaryExpression':
      return evaluateUnary(node.operator.value, evaluate(node.argument, scope))
    case 'FilterExpression':
      return filtered(evaluate(node.operand, scope), node.filter, scope)
    case 'TestExpression': {
      const holds = runTest(node.test.value, evaluate(node.operand, scope), [])
      return node.negate ? !holds : holds
    }
    case 'SelectExpression':
      return isTrue(evaluate(node.test, scope)) ? evaluate(node.lhs, scope) : undefined
    case 'Ternary':
      return evaluate(
        isTrue(evaluate(node.condition, scope)) ? node.trueExpr : node.falseExpr,
        scope,
      )
    case 'CallExpression':
      return call(node, scope)
    case 'MemberExpression':
      return evaluateMember(node, scope)
    case 'SliceExpression':
      throw new TemplateFault('A slice stands only in brackets.')
  }
}

const CONSTANTS: ReadonlyMap<string, Value> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

function constantOf(name: string, scope: Scope): Value {
  return CONSTANTS.has(name) ? CONSTANTS.get(name) : scope.get(name)
}

type Binary = Extract<Expression, { type: 'BinaryExpression' }>

function evaluateBinary(
  { operator: { value: operator }, left, right }: Binary,
  scope: Scope,
): Value {
  const a = evaluate(left, scope)
  if (operator === 'and') return isTrue(a) ? evaluate(right, scope) : a
  if (operator === 'or') return isTrue(a) ? a : evaluate(right, scope)
  const b = evaluate(right, scope)
  switch (operator) {
    case '==':
      return isSame(a, b)
    case '!=':
      return !isSame(a, b)
    case 'in':
      return contains(b, a)
    case 'not in':
      return !contains(b, a)
    default:
      return ORDERS.get(operator)?.(compare(a, b)) ?? calculate(operator, a, b)
  }
}

const ORDERS: ReadonlyMap<string, (sign: number) => boolean> = new Map([
  ['<', (sign: number) => sign < 0],
  ['>', (sign: number) => sign > 0],
  ['<=', (sign: number) => sign <= 0],
  ['>=', (sign: number) => sign >= 0],
])

function evaluateUnary(operator: string, value: Value): Value {
  if (operator === 'not') return !isTrue(value)
  const number = asNumber(value)
  if (number === null) throw new TemplateFault(`${kindOf(value)} has no sign.`)
  return operator === '-' ? -number : number
}

export function filtered(operand: Value, filter: Filter, scope: Scope): Value {
  if (filter.type === 'Identifier')
    return applyFilter(filter.value, operand, { positional: [], named: new Map() })
  if (filter.callee.type !== 'Identifier') throw new TemplateFault('A filter is a name.')
  return applyFilter(filter.callee.value, operand, argsOf(filter.args, scope))
}

function evaluateMember({ object, property, computed }: Member, scope: Scope): Value {
  const owner = evaluate(object, scope)
  if (property.type === 'SliceExpression') return evaluateSlice(owner, property, scope)
  const key = nameOf(property, computed, scope)
  return memberOf(owner, key, computed ? 'item' : 'attribute')
}

function nameOf(property: Expression, computed: boolean, scope: Scope): Value {
  if (computed || property.type !== 'Identifier') return evaluate(property, scope)
  return property.value
}

function evaluateSlice(owner: Value, { start, stop, step }: Slice, scope: Scope): Value {
  const [from, to, by] = [start, stop, step].map((part) => {
    const value = part === undefined ? null : evaluate(part, scope)
    return typeof value === 'bigint' ? Number(value) : null
  })
  return sliceOf(owner, { from: from ?? null, to: to ?? null, by: by ?? 1 })
}

function call(node: Call, scope: Scope): Value {
  const callee = calleeOf(node.callee, scope)
  if (typeof callee !== 'function') throw new TemplateFault(`${kindOf(callee)} can't be called.`)
  return callee(argsOf(node.args, scope))
}

function calleeOf(callee: Expression, scope: Scope): Value {
  if (callee.type !== 'MemberExpression') return evaluate(callee, scope)
  const owner = evaluate(callee.object, scope)
  return memberOf(owner, nameOf(callee.property, callee.computed, scope), 'method')
}

function argsOf(args: readonly CallArgument[], scope: Scope): Args {
  const positional: Value[] = []
  const named = new Map<string, Value>()
  for (const arg of args) {
    if (arg.type === 'KeywordArgumentExpression')
      named.set(arg.key.value, evaluate(arg.value, scope))
    else if (arg.type === 'SpreadExpression')
      positional.push(...elementsOf(evaluate(arg.argument, scope)))
    else if (arg.type === 'KeywordSpreadExpression') spread(named, evaluate(arg.argument, scope))
    else positional.push(evaluate(arg, scope))
  }
  return { positional, named }
}

function spread(named: Map<string, Value>, value: Value): void {
  if (!isDict(value)) throw new TemplateFault(`${kindOf(value)} is no mapping.`)
  for (const [key, inner] of value) if (typeof key === 'string') named.set(key, inner)
}
