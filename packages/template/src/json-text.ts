import { reprOf } from './python-text.ts'
import { isDict, TemplateFault, Tuple, type Value } from './value.ts'

const UNSAFE = /[<>&']/g

/** As Jinja's `tojson`: keys sorted, everything but ASCII escaped, and what HTML would take for its own. */
export function jsonText(value: Value, indent: number | null = null): string {
  return dump(value, indent, 0).replaceAll(UNSAFE, (character) => escaped(character))
}

function dump(value: Value, indent: number | null, depth: number): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'bigint' || typeof value === 'number') return reprOf(value)
  if (Array.isArray(value))
    return wrap(
      '[]',
      value.map((inner) => dump(inner, indent, depth + 1)),
      { indent, depth },
    )
  if (value instanceof Tuple) return dump([...value.items], indent, depth)
  if (!isDict(value)) throw new TemplateFault('tojson takes what JSON can say.')
  const members = [...value]
    .map(([key, inner]) => [typeof key === 'string' ? key : dump(key, null, 0), inner] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${quoted(key)}: ${dump(inner, indent, depth + 1)}`)
  return wrap('{}', members, { indent, depth })
}

interface Layout {
  readonly indent: number | null
  readonly depth: number
}

function wrap(brackets: '[]' | '{}', parts: readonly string[], { indent, depth }: Layout): string {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)]
  if (parts.length === 0) return brackets
  if (indent === null) return open + parts.join(', ') + close
  const inner = `\n${' '.repeat(indent * (depth + 1))}`
  return `${open}${inner}${parts.join(`,${inner}`)}\n${' '.repeat(indent * depth)}${close}`
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (character) => escaped(character))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
