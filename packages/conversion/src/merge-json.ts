import { scanMembers } from '@posthorn/contracts'
import type { JsonObject } from './keyed-values.ts'

/**
 * One object of fields and of a JSON text, as text: the text's members win, and stay as they were written. A
 * text that is no object is the member `body`.
 */
export function mergeJson(fields: JsonObject, json: string): string {
  const text = json.trim()
  const inner = text.startsWith('{') ? text.slice(1, -1).trim() : `"body":${text}`
  const names = new Set(Object.keys(fields))
  // Of a million members only those that the fields have, too, are held.
  const members = names.size === 0 || inner === '' ? [] : scanMembers(`{${inner}}`, names)
  const taken = new Set(members.map(({ key }) => key))
  const own = Object.entries(fields)
    .filter(([key]) => !taken.has(key))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${[...own, ...(inner === '' ? [] : [inner])].join(',')}}`
}
