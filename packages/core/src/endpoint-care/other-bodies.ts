import { isDeepStrictEqual } from 'node:util'

/** What copying makes of a body: the line break at its end is gone or new, line ends are another system's. */
export function bodiesThatDifferInSpace(body: string): string[] {
  const plain = body.replaceAll('\r\n', '\n')
  const bare = plain.trim()
  const variants = [bare, `${bare}\n`, plain, plain.replaceAll('\n', '\r\n'), `${bare}\r\n`]
  return [...new Set(variants)].filter((variant) => variant !== body)
}

/** JSON that says the same: what was sent if it does, else as the usual printers would have written it. */
export function bodiesThatPrintTheSame(
  body: string,
  sent: Buffer | string | null,
): (Buffer | string)[] {
  const value = valueOf(body)
  if (value === undefined) return []
  if (sent === null) return printed(value.json).filter((text) => text !== body)
  const before = valueOf(String(sent))
  return before !== undefined && isDeepStrictEqual(before.json, value.json) ? [sent] : []
}

// Deeper than any body that means something, and far from what printing recursively can bear.
const MAX_DEPTH = 500

function valueOf(text: string): { readonly json: unknown } | undefined {
  if (isDeep(text)) return undefined
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Counts brackets within strings, too: then only a guess less is made. */
function isDeep(text: string): boolean {
  let depth = 0
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > MAX_DEPTH) return true
  }
  return false
}

/** Without spaces, indented, and in one line as Python prints it. */
function printed(json: unknown): string[] {
  return [JSON.stringify(json), JSON.stringify(json, null, 2), spaced(json)]
}

function spaced(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(spaced).join(', ')}]`
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  const members = Object.entries(json).map(
    ([name, value]) => `${JSON.stringify(name)}: ${spaced(value)}`,
  )
  return `{${members.join(', ')}}`
}
