import * as z from 'zod'
import { EventTypeName } from './identifier.ts'
import { invalid, parseRequest } from './validation-error.ts'

const MAX_EVENT_TYPES = 250
const LIST_PARAMETER = 'event_types'
const INDEXED = /^event_types\[\d*\]$/

/**
 * Reads the text after `?` itself, so that no parser's idea of brackets gets between: a parameter
 * given twice is an array (which only lists take), and `event_types` has its four spellings.
 */
export function parseQuery<S extends z.ZodType>(schema: S, search: string): z.output<S> {
  return parseRequest(schema, readQuery(search), 'query')
}

function readQuery(search: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [key, value] of new URLSearchParams(search)) {
    const name = parameterName(key)
    const earlier = values.get(name)
    values.set(name, earlier === undefined ? value : [earlier, value].flat())
  }
  return Object.fromEntries(values)
}

function parameterName(key: string): string {
  if (!key.startsWith(`${LIST_PARAMETER}[`)) return key
  if (INDEXED.test(key)) return LIST_PARAMETER
  throw invalid(['query', LIST_PARAMETER], 'Must be a list of names')
}

/** Only digits: `Number` would also take `0x10`, `1e3` and spaces. */
export function queryInt<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    schema,
  )
}

export function queryFlag(fallback: boolean) {
  return z.preprocess(readFlag, z.boolean()).default(fallback)
}

function readFlag(value: unknown): unknown {
  if (value === 'true') return true
  return value === 'false' ? false : value
}

/** `a,b`, repeated, `[]` or `[0]`: what is left is a set of names, or undefined for no filter. */
export const queryEventTypes = z
  .preprocess(splitList, z.array(EventTypeName).max(MAX_EVENT_TYPES))
  .transform((names) => (names.length === 0 ? undefined : [...new Set(names)]))
  .optional()

function splitList(value: unknown): unknown {
  if (value === undefined) return value
  return [value]
    .flat()
    .flatMap((part) =>
      typeof part === 'string' ? part.split(',').filter((name) => name !== '') : [part],
    )
}
