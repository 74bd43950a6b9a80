import { bounded, isSame } from './operators.ts'
import { textOf } from './python-text.ts'
import {
  argument,
  type Args,
  type Callable,
  type Dict,
  elementsOf,
  isDict,
  Tuple,
  type Value,
} from './value.ts'

type Method<Owner> = (owner: Owner, args: Args) => Value

/** Undefined: no such method. */
export function methodOf(owner: Value, name: Value): Callable | undefined {
  if (typeof name !== 'string') return undefined
  if (typeof owner === 'string') return bound(TEXT_METHODS, owner, name)
  if (isDict(owner)) return bound(DICT_METHODS, owner, name)
  return Array.isArray(owner) ? bound(LIST_METHODS, owner, name) : undefined
}

function bound<Owner>(
  methods: ReadonlyMap<string, Method<Owner>>,
  owner: Owner,
  name: string,
): Callable | undefined {
  const method = methods.get(name)
  return method && ((args) => method(owner, args))
}

const first = (args: Args): string => textOf(args.positional[0])

const TEXT_METHODS: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ['upper', (text) => text.toUpperCase()],
  ['lower', (text) => text.toLowerCase()],
  ['title', (text) => titled(text)],
  ['capitalize', (text) => capitalized(text)],
  ['strip', (text, args) => stripped(text, args, 'both')],
  ['lstrip', (text, args) => stripped(text, args, 'start')],
  ['rstrip', (text, args) => stripped(text, args, 'end')],
  ['startswith', (text, args) => text.startsWith(first(args))],
  ['endswith', (text, args) => text.endsWith(first(args))],
  ['find', (text, args) => BigInt(text.indexOf(first(args)))],
  ['count', (text, args) => BigInt(text.split(first(args)).length - 1)],
  ['replace', (text, args) => replaced(text, args)],
  ['split', (text, args) => split(text, args)],
  ['splitlines', (text) => text.split(/\r\n|\r|\n/)],
  ['join', (text, args) => bounded(elementsOf(args.positional[0]).map(textOf).join(text))],
  ['isdigit', (text) => /^\p{Nd}+$/u.test(text)],
  ['isalpha', (text) => /^\p{L}+$/u.test(text)],
  ['isalnum', (text) => /^[\p{L}\p{Nd}]+$/u.test(text)],
])

const DICT_METHODS: ReadonlyMap<string, Method<Dict>> = new Map<string, Method<Dict>>([
  ['get', (dict, args) => dict.get(args.positional[0]) ?? argument(args, 1, 'default') ?? null],
  ['keys', (dict) => [...dict.keys()]],
  ['values', (dict) => [...dict.values()]],
  ['items', (dict) => itemsOf(dict)],
])

const LIST_METHODS: ReadonlyMap<string, Method<Value[]>> = new Map<string, Method<Value[]>>([
  ['index', (list, args) => BigInt(list.findIndex((value) => isSame(value, args.positional[0])))],
  [
    'count',
    (list, args) => BigInt(list.filter((value) => isSame(value, args.positional[0])).length),
  ],
])

export function itemsOf(dict: Dict): Value[] {
  return [...dict].map((pair) => new Tuple(pair))
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()
}

export function titled(text: string): string {
  return text.replaceAll(/[^-\s({[<]+/g, (word) => capitalized(word))
}

export function replaced(text: string, args: Args): string {
  const [from, to] = [argument(args, 0, 'old'), argument(args, 1, 'new')].map(textOf)
  const count = argument(args, 2, 'count')
  const parts = text.split(from ?? '')
  if (typeof count !== 'bigint' || count < 0n) return bounded(parts.join(to))
  const head = parts.slice(0, Number(count) + 1).join(to)
  const tail = parts.slice(Number(count) + 1)
  return bounded([head, ...tail].join(from))
}

function split(text: string, args: Args): Value[] {
  const separator = argument(args, 0, 'sep') ?? null
  const parts =
    separator === null
      ? text.split(/\s+/).filter((part) => part !== '')
      : text.split(textOf(separator))
  const most = argument(args, 1, 'maxsplit')
  if (typeof most !== 'bigint' || most < 0n || parts.length <= Number(most)) return parts
  const rest = parts.slice(Number(most)).join(separator === null ? ' ' : textOf(separator))
  return [...parts.slice(0, Number(most)), rest]
}

export function stripped(text: string, args: Args, side: 'start' | 'end' | 'both'): string {
  const chars = argument(args, 0, 'chars') ?? null
  const isGone = (character: string | undefined): boolean =>
    character !== undefined &&
    (chars === null ? /\s/.test(character) : textOf(chars).includes(character))
  let [start, end] = [0, text.length]
  if (side !== 'end') while (start < end && isGone(text[start])) start++
  if (side !== 'start') while (end > start && isGone(text[end - 1])) end--
  return text.slice(start, end)
}
