const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g
const STEPS = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
])

/**
 * The text of one member of a JSON object, as it was sent: parsing would round big numbers and reorder keys.
 * Null when the object has no such member at its top.
 */
export function memberText(json: string, name: string): string | null {
  let depth = 0
  let key = ''
  let from: number | null = null
  for (const { 0: text, index } of json.matchAll(TOKEN)) {
    const isEnd = depth === 1 && (text === ',' || text === '}')
    if (from !== null && isEnd) return json.slice(from, index).trim()
    depth += STEPS.get(text) ?? 0
    if (depth !== 1 || from !== null) continue
    if (text === ':' && key === name) from = index + 1
    if (text.startsWith('"')) key = JSON.parse(text)
  }
  return null
}
