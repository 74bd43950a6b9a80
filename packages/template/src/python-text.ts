import { isDict, Namespace, Tuple, type Value } from './value.ts'

/** As `{{ value }}` prints it. */
export function textOf(value: Value): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : reprOf(value)
}

/** As Python shows a value inside a list. */
export function reprOf(value: Value): string {
  if (value === undefined) return 'Undefined'
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return floatText(value)
  if (typeof value === 'string') return quoted(value)
  return reprOfMany(value)
}

function reprOfMany(value: Extract<Value, object>): string {
  if (Array.isArray(value)) return `[${value.map(reprOf).join(', ')}]`
  if (value instanceof Tuple) {
    const inner = value.items.map(reprOf).join(', ')
    return value.items.length === 1 ? `(${inner},)` : `(${inner})`
  }
  if (isDict(value))
    return `{${[...value].map(([key, inner]) => `${reprOf(key)}: ${reprOf(inner)}`).join(', ')}}`
  return value instanceof Namespace ? '<Namespace>' : '<function>'
}

// Python goes over to exponents at 1e16 and below 1e-4, and writes two digits of them at least.
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e')
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
  }
  const text = String(value)
  const signed = Object.is(value, -0) ? '-0' : text
  return signed.includes('.') ? signed : `${signed}.0`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = ''
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (character === quote) out += `\\${quote}`
    else if (ESCAPES[character] !== undefined) out += ESCAPES[character]
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += character
  }
  return quote + out + quote
}
