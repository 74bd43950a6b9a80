/** One line of JSON text laid out as a tree: a member, an item, or the whole. */
export interface JsonNode {
  readonly id: number
  /** Null: the whole. */
  readonly parent: number | null
  readonly depth: number
  /** The name of a member, or the place of an item; null: the whole. */
  readonly key: string | null
  /** A value as it was written, every digit of it; of an object or an array its opening bracket. */
  readonly text: string
  /** Of an object or an array; null: a value. */
  readonly size: number | null
}

interface OpenNode {
  readonly id: number
  readonly isObject: boolean
  size: number
  key: string | null
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * Lays JSON text out without parsing its values, so that numbers of any length and the order of keys stay as they were
 * sent. Null: it is no JSON object or array.
 */
export function jsonNodes(json: string): JsonNode[] | null {
  if (!isJson(json)) return null
  const layout: Layout = { nodes: [], open: [] }
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '}' || token === ']') close(layout)
    else if (token !== ':' && token !== ',') take(layout, token)
  }
  return layout.nodes
}

interface Layout {
  readonly nodes: JsonNode[]
  readonly open: OpenNode[]
}

function close({ nodes, open }: Layout): void {
  const closed = open.pop()
  const node = closed === undefined ? undefined : nodes[closed.id]
  if (closed !== undefined && node !== undefined) nodes[node.id] = { ...node, size: closed.size }
}

/** The name of a member, or else a value or the beginning of one. */
function take({ nodes, open }: Layout, token: string): void {
  const around = open.at(-1)
  if (around?.isObject === true && around.key === null) {
    around.key = decoded(token)
    return
  }
  const isGroup = token === '{' || token === '['
  const node = { id: nodes.length, depth: open.length, text: token, size: isGroup ? 0 : null }
  nodes.push({ ...node, ...placeIn(around) })
  if (isGroup) open.push({ id: node.id, isObject: token === '{', size: 0, key: null })
}

function placeIn(around: OpenNode | undefined): Pick<JsonNode, 'parent' | 'key'> {
  if (around === undefined) return { parent: null, key: null }
  const key = around.key ?? String(around.size)
  around.size += 1
  around.key = null
  return { parent: around.id, key }
}

function isJson(json: string): boolean {
  try {
    return typeof JSON.parse(json) === 'object'
  } catch {
    return false
  }
}

function decoded(token: string): string {
  const key: unknown = JSON.parse(token)
  return String(key)
}
