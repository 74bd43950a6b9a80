/** What a template computes with, as Python has it: `bigint` is an int, `number` a float. */
export type Value =
  | undefined
  | null
  | boolean
  | bigint
  | number
  | string
  | Value[]
  | Tuple
  | Dict
  | Namespace
  | Callable

export type Dict = Map<Value, Value>

export class Tuple {
  readonly items: readonly Value[]

  constructor(items: readonly Value[]) {
    this.items = items
  }
}

/** The one thing that a template may change. */
export class Namespace {
  readonly values = new Map<string, Value>()
}

export interface Args {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

export type Callable = (args: Args) => Value

/** A template that can't be read, or that fails on this input; the message is fit to show. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault'
}

export function isDict(value: Value): value is Dict {
  return value instanceof Map
}

/** The argument at a place, or by its name. */
export function argument(args: Args, at: number, name: string): Value {
  return args.positional[at] ?? args.named.get(name)
}

/** The elements of what can be gone through. @throws {TemplateFault} what can't */
export function elementsOf(value: Value): readonly Value[] {
  if (value === undefined) return []
  if (typeof value === 'string') return Array.from(value)
  if (Array.isArray(value)) return value
  if (value instanceof Tuple) return value.items
  if (isDict(value)) return [...value.keys()]
  throw new TemplateFault('What a loop or filter goes through must be a list, a text or a mapping.')
}

/** Numbers keep what JSON wrote: `1` is an int however long, `1.0` a float. */
export function valueOfJson(text: string): Value {
  return fromJson(JSON.parse(text, reviveNumber))
}

type Revived = null | boolean | bigint | number | string | Revived[] | { [key: string]: Revived }

function reviveNumber(_key: string, value: Revived, { source }: { source?: string } = {}): Revived {
  if (typeof value !== 'number') return value
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value
}

function fromJson(value: Revived): Value {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]))
}
