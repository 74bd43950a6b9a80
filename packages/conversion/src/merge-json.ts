import { scanMembers } from '@posthorn/contracts'
import type { JsonObject } from './keyed-values.ts'

/**
 * One object of fields and of a JSON text, as text: the text's members win, and stay as they were written. A
 * text that is no object is the member `body`.
 */
export function mergeJson(fields: JsonObject, json: string): string {
  const text = json.trim()
  const inner = text.startsWith('{') ? text.slice(1, -1).trim() : `"body":${text}`
  const taken = new Set(inner === '' ? [] : scanMembers(`{${inner}}`).map(({ key }) => key))
  const own = Object.entries(fields)
    .filter(([key]) => !taken.has(key))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${[...own, ...(inner === '' ? [] : [inner])].join(',')}}`
}
