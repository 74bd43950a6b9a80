import { BodyFault } from './body-fault.ts'
import { Allowance, type JsonObject, KeyedValues } from './keyed-values.ts'

const MAX_PAIRS = 10_000

/**
 * The pairs of a form or a query as an object of strings.
 *
 * @throws {BodyFault} more pairs than 10,000, or an escape that is none
 */
export function formToValue(text: string): JsonObject {
  const values = new KeyedValues()
  const pairs = new Allowance('fields', MAX_PAIRS)
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('&', start)
    const end = found < 0 ? text.length : found
    if (end > start) {
      pairs.take()
      const [key, value] = splitPair(text.slice(start, end))
      values.add(decode(key, start), decode(value, start))
    }
    start = end + 1
  }
  return values.value
}

/** A query as an object of strings: what is no escape stays as it came. */
export function looseQuery(text: string): JsonObject {
  const values = new KeyedValues()
  for (const pair of text.split('&', MAX_PAIRS)) {
    if (pair === '') continue
    const [key, value] = splitPair(pair)
    values.add(looselyDecoded(key), looselyDecoded(value))
  }
  return values.value
}

function looselyDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}

function decode(text: string, position: number): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new BodyFault(400, `An escape of the form is not UTF-8: position ${position}.`)
  }
}
