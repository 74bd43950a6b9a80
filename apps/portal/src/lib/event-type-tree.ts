import type { EventTypeOut } from '@posthorn/contracts'

/** A name of the catalog, or what several names have in common up to a dot. */
export interface TreeNode {
  readonly id: string
  readonly label: string
  /** Its own name, or those below it. */
  readonly names: readonly string[]
  /** Null: of a group, and of a name that the catalog doesn't list. */
  readonly type: EventTypeOut | null
  readonly children: readonly TreeNode[]
}

export interface TreeRow {
  readonly node: TreeNode
  /** From 1 on, as `aria-level` counts. */
  readonly level: number
  readonly position: number
  readonly siblings: number
  readonly parent: string | null
}

/** Names grouped at their dots; a group of one is that one. */
export function buildTree(types: readonly EventTypeOut[], depth = 0): TreeNode[] {
  const groups = Map.groupBy(types, ({ name }) =>
    name
      .split('.')
      .slice(0, depth + 1)
      .join('.'),
  )
  return [...groups].flatMap(([label, members]) => {
    const [first] = members
    if (first !== undefined && members.length === 1) return [leafOf(first.name, first)]
    const children = buildTree(members, depth + 1)
    if (children.length === 1) return children
    return [
      { id: `${label}.*`, label, names: members.map(({ name }) => name), type: null, children },
    ]
  })
}

/** Chosen once, and archived or gone since. */
export function leafOf(name: string, type: EventTypeOut | null = null): TreeNode {
  return { id: name, label: name, names: [name], type, children: [] }
}

export function isGroup(node: TreeNode): boolean {
  return node.children.length > 0
}

export interface Unfolded {
  readonly isOpen: (node: TreeNode) => boolean
  readonly level?: number
  readonly parent?: string | null
}

/** What can be seen of a tree, from top to bottom. */
export function rowsOf(nodes: readonly TreeNode[], unfolded: Unfolded): TreeRow[] {
  const { isOpen, level = 1, parent = null } = unfolded
  return nodes.flatMap((node, index) => {
    const row = { node, level, position: index + 1, siblings: nodes.length, parent }
    if (!isGroup(node) || !isOpen(node)) return [row]
    return [row, ...rowsOf(node.children, { isOpen, level: level + 1, parent: node.id })]
  })
}

export type Checked = 'true' | 'false' | 'mixed'

export function checkedOf({ names }: TreeNode, chosen: ReadonlySet<string>): Checked {
  const count = names.filter((name) => chosen.has(name)).length
  if (count === 0) return 'false'
  return count === names.length ? 'true' : 'mixed'
}

/** The next row, from the one after `from` on and round again, that what was typed begins: its name or what follows a dot. */
export function findTyped(rows: readonly TreeRow[], typed: string, from: number): number {
  const begins = ({ node: { label } }: TreeRow) => {
    const name = label.toLowerCase()
    return name.startsWith(typed) || name.slice(name.lastIndexOf('.') + 1).startsWith(typed)
  }
  const order = rows.map((_, index) => (from + index) % rows.length)
  return order.find((index) => rows[index] !== undefined && begins(rows[index])) ?? -1
}
