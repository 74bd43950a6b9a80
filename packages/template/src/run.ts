import { evaluate, filtered } from './evaluate.ts'
import type { Expression, ForNode, MacroNode, Member, Node, SetNode, Statement } from './node.ts'
import { isTrue, kindOf } from './operators.ts'
import { textOf } from './python-text.ts'
import { Scope } from './scope.ts'
import { elementsOf, Namespace, TemplateFault, type Value } from './value.ts'

export interface Output {
  readonly chunks: string[]
  /** Characters that may still come. */
  left: number
}

type Ended = 'break' | 'continue' | null

/** Runs nodes one after the other. @throws {TemplateFault} too much output, or what an expression throws */
export function run(nodes: readonly Node[], scope: Scope, output: Output): Ended {
  for (const node of nodes) {
    const ended = runNode(node, scope, output)
    if (ended !== null) return ended
  }
  return null
}

function runNode(node: Node, scope: Scope, output: Output): Ended {
  if (!isStatement(node)) {
    print(textOf(evaluate(node, scope)), output)
    return null
  }
  switch (node.type) {
    case 'If':
      return run(isTrue(evaluate(node.test, scope)) ? node.body : node.alternate, scope, output)
    case 'For':
      return runFor(node, scope, output)
    case 'Set':
      return runSet(node, scope, output)
    case 'Macro':
      scope.set(node.name.value, macroOf(node, scope, output))
      return null
    case 'FilterStatement':
      return runFilter(node, scope, output)
    case 'Break':
      return 'break'
    case 'Continue':
      return 'continue'
    case 'Comment':
      return null
  }
}

const STATEMENTS = new Set([
  'If',
  'For',
  'Set',
  'Macro',
  'FilterStatement',
  'Break',
  'Continue',
  'Comment',
])

function isStatement(node: Node): node is Statement {
  return STATEMENTS.has(node.type)
}

function print(text: string, output: Output): void {
  output.left -= text.length
  if (output.left < 0) throw new TemplateFault('The output becomes too long.')
  output.chunks.push(text)
}

function captured(nodes: readonly Node[], scope: Scope, { left }: Output): string {
  const inner = { chunks: [], left }
  run(nodes, scope, inner)
  return inner.chunks.join('')
}

function runFilter(
  { filter, body }: Extract<Statement, { type: 'FilterStatement' }>,
  scope: Scope,
  output: Output,
): null {
  print(textOf(filtered(captured(body, new Scope(scope), output), filter, scope)), output)
  return null
}

function runFor(node: ForNode, scope: Scope, output: Output): Ended {
  const { iterable, loopvar, body, defaultBlock } = node
  const all = elementsOf(
    evaluate(iterable.type === 'SelectExpression' ? iterable.lhs : iterable, scope),
  )
  const items = all.filter((item) => {
    if (iterable.type !== 'SelectExpression') return true
    const own = new Scope(scope)
    assign(loopvar, item, own)
    return isTrue(evaluate(iterable.test, own))
  })
  if (items.length === 0) return run(defaultBlock, new Scope(scope), output)
  for (const [at, item] of items.entries()) {
    const own = new Scope(scope)
    own.set('loop', loopOf(items, at))
    assign(loopvar, item, own)
    if (run(body, own, output) === 'break') break
  }
  return null
}

function loopOf(items: readonly Value[], at: number): Value {
  const size = items.length
  return new Map<Value, Value>([
    ['index', BigInt(at + 1)],
    ['index0', BigInt(at)],
    ['revindex', BigInt(size - at)],
    ['revindex0', BigInt(size - at - 1)],
    ['first', at === 0],
    ['last', at === size - 1],
    ['length', BigInt(size)],
    ['previtem', items[at - 1]],
    ['nextitem', items[at + 1]],
    ['cycle', ({ positional }) => positional[at % Math.max(1, positional.length)]],
  ])
}

function runSet({ assignee, value, body }: SetNode, scope: Scope, output: Output): null {
  const given = value === null ? captured(body, new Scope(scope), output) : evaluate(value, scope)
  assign(assignee, given, scope)
  return null
}

function assign(assignee: Node, value: Value, scope: Scope): void {
  if (assignee.type === 'Identifier') scope.set(assignee.value, value)
  else if (assignee.type === 'TupleLiteral') assignAll(assignee.value, value, scope)
  else if (assignee.type === 'MemberExpression') assignMember(assignee, value, scope)
  else throw new TemplateFault('Only names and members of a namespace can be set.')
}

function assignAll(names: readonly Expression[], value: Value, scope: Scope): void {
  const items = elementsOf(value)
  if (items.length !== names.length)
    throw new TemplateFault(`${kindOf(value)} has not as many elements as names are given.`)
  names.forEach((name, at) => assign(name, items[at], scope))
}

function assignMember({ object, property }: Member, value: Value, scope: Scope): void {
  const owner = evaluate(object, scope)
  if (!(owner instanceof Namespace) || property.type !== 'Identifier')
    throw new TemplateFault('Only members of a namespace can be set.')
  owner.values.set(property.value, value)
}

const MAX_CALLS = 100

function macroOf(node: MacroNode, scope: Scope, output: Output): Value {
  let calls = 0
  return (args) => {
    if (++calls > MAX_CALLS) throw new TemplateFault('Macros call each other too deep.')
    const own = new Scope(scope)
    node.args.forEach((parameter, at) => {
      const name = parameter.type === 'Identifier' ? parameter.value : parameter.key.value
      const given = args.positional[at] ?? args.named.get(name)
      const otherwise =
        parameter.type === 'Identifier' ? undefined : evaluate(parameter.value, scope)
      own.set(name, given ?? otherwise)
    })
    const text = captured(node.body, own, output)
    calls--
    return text
  }
}

const MAX_RANGE = 100_000

/** What every template knows without having been given it. */
export function globals(): Scope {
  const scope = new Scope(null)
  scope.set('range', ({ positional }) => range(positional))
  scope.set('dict', ({ named }) => new Map(named))
  scope.set('namespace', ({ named }) => {
    const namespace = new Namespace()
    for (const [name, value] of named) namespace.values.set(name, value)
    return namespace
  })
  return scope
}

function range(args: readonly Value[]): Value {
  const numbers = args.map((value) => {
    if (typeof value !== 'bigint') throw new TemplateFault('range() takes whole numbers.')
    return Number(value)
  })
  const [start = 0, stop = 0, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers
  const size = Math.max(0, Math.ceil((stop - start) / step))
  if (step === 0 || !(size <= MAX_RANGE)) throw new TemplateFault('The range is too long.')
  return Array.from({ length: size }, (_, at) => BigInt(start + at * step))
}
