import type { FilterFunction } from './filters.ts'
import { capitalized, itemsOf, replaced, stripped, titled } from './methods.ts'
import { bounded, formatText, isTrue } from './operators.ts'
import { textOf } from './python-text.ts'
import {
  argument,
  type Args,
  elementsOf,
  isDict,
  TemplateFault,
  Tuple,
  type Value,
} from './value.ts'

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
}

export const textFilters: readonly (readonly [string, FilterFunction])[] = [
  ['upper', (value) => textOf(value).toUpperCase()],
  ['lower', (value) => textOf(value).toLowerCase()],
  ['title', (value) => titled(textOf(value))],
  ['capitalize', (value) => capitalized(textOf(value))],
  ['trim', (value, args) => stripped(textOf(value), args, 'both')],
  ['replace', (value, args) => replaced(textOf(value), args)],
  ['escape', escapeHtml],
  ['e', escapeHtml],
  ['forceescape', escapeHtml],
  ['truncate', truncate],
  ['format', (value, args) => formatText(textOf(value), args.positional)],
  ['indent', indent],
  ['center', center],
  ['urlencode', urlEncode],
  ['wordcount', (value) => BigInt(textOf(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0)],
]

function escapeHtml(value: Value): string {
  return bounded(textOf(value).replaceAll(/[&<>'"]/g, (character) => HTML[character] ?? character))
}

function truncate(value: Value, args: Args): Value {
  const text = textOf(value)
  const length = countOf(argument(args, 0, 'length'), 255)
  const end = textOf(argument(args, 2, 'end') ?? '...')
  const leeway = countOf(argument(args, 3, 'leeway'), 5)
  if (text.length <= length + leeway) return text
  const cut = text.slice(0, Math.max(0, length - end.length))
  if (isTrue(argument(args, 1, 'killwords'))) return cut + end
  const space = cut.lastIndexOf(' ')
  return (space < 0 ? cut : cut.slice(0, space)) + end
}

function indent(value: Value, args: Args): Value {
  const width = argument(args, 0, 'width')
  const space = typeof width === 'string' ? width : ' '.repeat(countOf(width, 4))
  const [isFirst, isBlank] = [argument(args, 1, 'first'), argument(args, 2, 'blank')].map(isTrue)
  const lines = textOf(value).split('\n')
  const indented = lines.map((line, at) => {
    if (at === 0) return isFirst === true ? space + line : line
    return line !== '' || isBlank === true ? space + line : line
  })
  return bounded(indented.join('\n'))
}

function center(value: Value, args: Args): Value {
  const text = textOf(value)
  const space = Math.max(0, countOf(argument(args, 0, 'width'), 80) - text.length)
  // Python puts the odd one before the text when both widths are odd.
  const before = Math.floor(space / 2) + (space & (text.length + space) & 1)
  return ' '.repeat(before) + text + ' '.repeat(space - before)
}

function urlEncode(value: Value): Value {
  if (typeof value === 'string') return quote(value, '/')
  const pairs = isDict(value) ? itemsOf(value) : elementsOf(value)
  const encoded = pairs.map((pair) => {
    const [key, inner] = pair instanceof Tuple ? pair.items : elementsOf(pair)
    return `${quote(textOf(key))}=${quote(textOf(inner))}`
  })
  return bounded(encoded.join('&'))
}

function quote(text: string, safe = ''): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return safe === '' ? encoded : encoded.replaceAll('%2F', '/')
}

export function countOf(value: Value, otherwise: number): number {
  if (value === undefined || value === null) return otherwise
  if (typeof value !== 'bigint' || value < 0n || value > 10_000n)
    throw new TemplateFault('A width or count is a number from 0 to 10,000.')
  return Number(value)
}
