import { parse, tokenize } from '@huggingface/jinja'
import { TemplateFault } from './value.ts'

/** The nodes that the parser makes; its own types can't be imported. */
export type Node = Expression | Statement

interface Operator {
  readonly value: string
}

export type Name = { readonly type: 'Identifier'; readonly value: string }
export type Call = {
  readonly type: 'CallExpression'
  readonly callee: Expression
  readonly args: readonly CallArgument[]
}
export type Member = {
  readonly type: 'MemberExpression'
  readonly object: Expression
  readonly property: Expression
  readonly computed: boolean
}
export type Slice = {
  readonly type: 'SliceExpression'
  readonly start?: Expression
  readonly stop?: Expression
  readonly step?: Expression
}
export type NamedArgument = {
  readonly type: 'KeywordArgumentExpression'
  readonly key: Name
  readonly value: Expression
}
export type CallArgument =
  | Expression
  | NamedArgument
  | { readonly type: 'SpreadExpression'; readonly argument: Expression }
  | { readonly type: 'KeywordSpreadExpression'; readonly argument: Expression }
export type TupleNode = { readonly type: 'TupleLiteral'; readonly value: readonly Expression[] }
export type Select = {
  readonly type: 'SelectExpression'
  readonly lhs: Expression
  readonly test: Expression
}
export type Filter = Name | Call

export type Expression =
  | Name
  | Call
  | Member
  | Slice
  | TupleNode
  | Select
  | { readonly type: 'IntegerLiteral' | 'FloatLiteral'; readonly value: number }
  | { readonly type: 'StringLiteral'; readonly value: string }
  | { readonly type: 'ArrayLiteral'; readonly value: readonly Expression[] }
  | { readonly type: 'ObjectLiteral'; readonly value: ReadonlyMap<Expression, Expression> }
  | {
      readonly type: 'BinaryExpression'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly type: 'UnaryExpression'; readonly operator: Operator; readonly argument: Expression }
  | { readonly type: 'FilterExpression'; readonly operand: Expression; readonly filter: Filter }
  | {
      readonly type: 'TestExpression'
      readonly operand: Expression
      readonly negate: boolean
      readonly test: Name
    }
  | {
      readonly type: 'Ternary'
      readonly condition: Expression
      readonly trueExpr: Expression
      readonly falseExpr: Expression
    }

export type ForNode = {
  readonly type: 'For'
  readonly loopvar: Name | TupleNode
  readonly iterable: Expression
  readonly body: readonly Node[]
  readonly defaultBlock: readonly Node[]
}
export type SetNode = {
  readonly type: 'Set'
  readonly assignee: Expression
  readonly value: Expression | null
  readonly body: readonly Node[]
}
export type MacroNode = {
  readonly type: 'Macro'
  readonly name: Name
  readonly args: readonly (Name | NamedArgument)[]
  readonly body: readonly Node[]
}
export type Statement =
  | ForNode
  | SetNode
  | MacroNode
  | {
      readonly type: 'If'
      readonly test: Expression
      readonly body: readonly Node[]
      readonly alternate: readonly Node[]
    }
  | { readonly type: 'FilterStatement'; readonly filter: Filter; readonly body: readonly Node[] }
  | { readonly type: 'Break' | 'Continue' | 'Comment' }

const RAW = /\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}/g

/** @throws {TemplateFault} what is no template */
export function parseTemplate(text: string): readonly Node[] {
  try {
    return nodesOf(parse(tokenize(text.replaceAll(RAW, asText))))
  } catch (err) {
    const what = err instanceof Error ? err.message.split('\n', 1)[0] : ''
    throw new TemplateFault(`The template can't be read: ${what}`.slice(0, 300))
  }
}

// The parser doesn't know `raw`: what stands in it is printed as a text.
function asText(_: string, inner: string): string {
  return `{{ ${JSON.stringify(inner)} }}`
}

// The parser's types are declared by paths that resolve only for bundlers; what they say is `Node`.
function nodesOf(program: { readonly body: unknown }): readonly Node[] {
  return program.body as readonly Node[]
}
