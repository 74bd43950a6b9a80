import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { formatNumber } from './format-time.ts'
import { FoundText, placesOf } from './found-text.tsx'
import type { JsonNode } from './json-nodes.ts'
import { t } from './words.ts'

export interface JsonTreeProps {
  readonly nodes: readonly JsonNode[]
  readonly label: string
  /** Only what has it, and what leads there, is shown; empty: all that is open. */
  readonly search: string
}

/** Small ones are open whole. */
const OPEN_AT_FIRST = 200
const ROWS_AT_ONCE = 500
const DEEPEST_INDENT = 16

/** JSON as a tree of lines; what was written stays as it was. */
export function JsonTree({ nodes, label, search }: JsonTreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<number>>(() => closedAtFirst(nodes))
  const [atMost, setAtMost] = useState(ROWS_AT_ONCE)
  const rows = search === '' ? openRows(nodes, closed) : foundRows(nodes, search)
  const toggle = (id: number) =>
    setClosed((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <div className="stack stack-small">
      <div className="code" tabIndex={0} role="region" aria-label={label}>
        <ul className="json-tree">
          {rows.slice(0, atMost).map((node) => (
            <Row
              key={node.id}
              {...{ node, search }}
              isOpen={search !== '' || !closed.has(node.id)}
              onToggle={search === '' ? () => toggle(node.id) : null}
            />
          ))}
        </ul>
      </div>
      {rows.length > atMost && (
        <div>
          <Button size="small" onClick={() => setAtMost(atMost + ROWS_AT_ONCE)}>
            {t('payload.more', { n: formatNumber(rows.length - atMost) })}
          </Button>
        </div>
      )}
    </div>
  )
}

/** How many lines have it in their name or value. */
export function countFound(nodes: readonly JsonNode[], search: string): number {
  return nodes.filter((node) => isFound(node, search)).length
}

function isFound({ key, text, size }: JsonNode, search: string): boolean {
  return (
    placesOf(key ?? '', search).length > 0 || (size === null && placesOf(text, search).length > 0)
  )
}

function closedAtFirst(nodes: readonly JsonNode[]): ReadonlySet<number> {
  if (nodes.length <= OPEN_AT_FIRST) return new Set()
  return new Set(nodes.filter(({ size, depth }) => size !== null && depth > 0).map(({ id }) => id))
}

function openRows(nodes: readonly JsonNode[], closed: ReadonlySet<number>): JsonNode[] {
  const hidden = new Set<number>()
  return nodes.filter(({ id, parent }) => {
    const isHidden = parent !== null && (closed.has(parent) || hidden.has(parent))
    if (isHidden) hidden.add(id)
    return !isHidden
  })
}

function foundRows(nodes: readonly JsonNode[], search: string): JsonNode[] {
  const kept = new Set<number>()
  for (const node of nodes) {
    if (!isFound(node, search)) continue
    kept.add(node.id)
    for (let at = node.parent; at !== null && !kept.has(at); at = nodes[at]?.parent ?? null)
      kept.add(at)
  }
  return nodes.filter(({ id }) => kept.has(id))
}

interface RowProps {
  readonly node: JsonNode
  readonly search: string
  readonly isOpen: boolean
  /** Null: it can't be closed. */
  readonly onToggle: (() => void) | null
}

function Row({ node, search, isOpen, onToggle }: RowProps) {
  const { key, text, size, depth } = node
  const name = key === null ? null : <FoundText text={key} search={search} />
  return (
    <li style={{ paddingInlineStart: `${Math.min(depth, DEEPEST_INDENT) * 16}px` }}>
      {size === null ? (
        <>
          {name !== null && <>{name}: </>}
          <span className="json-value">
            <FoundText text={text} search={search} />
          </span>
        </>
      ) : (
        <Group {...{ node, isOpen, onToggle }} name={name} />
      )}
    </li>
  )
}

interface GroupProps extends Pick<RowProps, 'node' | 'isOpen' | 'onToggle'> {
  readonly name: ReactNode
}

function Group({ node: { key, text, size }, isOpen, onToggle, name }: GroupProps) {
  const what = text === '{' ? `{${formatNumber(size ?? 0)}}` : `[${formatNumber(size ?? 0)}]`
  const line = (
    <>
      {name}
      {key !== null && ' '}
      <span className="soft">{what}</span>
    </>
  )
  if (onToggle === null || size === 0) return line
  return (
    <button type="button" className="json-toggle" aria-expanded={isOpen} onClick={onToggle}>
      <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {line}
    </button>
  )
}
