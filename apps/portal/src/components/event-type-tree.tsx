import { VisibleText } from '@posthorn/ui'
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import {
  type Checked,
  checkedOf,
  findTyped,
  isGroup,
  rowsOf,
  type TreeNode,
  type TreeRow,
} from '../lib/event-type-tree.ts'
import { t } from '../lib/text.ts'

const MAX_ROWS = 200
const TYPED_MS = 700

export interface EventTypeTreeProps {
  readonly nodes: readonly TreeNode[]
  readonly chosen: ReadonlySet<string>
  /** While it is searched there is nothing to unfold: what was found is all there. */
  readonly isSearched: boolean
  readonly onToggle: (node: TreeNode) => void
  /** The row that has the focus, or had it last. */
  readonly onActive: (node: TreeNode) => void
}

/** A tree whose rows are checked; one Tab stop, the arrows go on from there (WAI-ARIA: tree view). */
export function EventTypeTree(props: EventTypeTreeProps) {
  const { nodes, chosen, onToggle } = props
  const { rows, isOpen, ...tree } = useTree(props)
  const active = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === tree.activeId),
  )
  const shown = rows.slice(0, MAX_ROWS)
  return (
    <>
      <ul
        ref={tree.list}
        className="picker-list"
        role="tree"
        aria-label={t('filter.eventTypes')}
        aria-multiselectable="true"
        onKeyDown={(event) => tree.onKeyDown(event, active)}
      >
        {shown.map((row, index) => (
          <Row
            key={row.node.id}
            {...row}
            checked={checkedOf(row.node, chosen)}
            isOpen={isGroup(row.node) ? isOpen(row.node) : null}
            isActive={index === Math.min(active, shown.length - 1)}
            onToggle={onToggle}
            onFold={tree.fold}
            onFocus={tree.setActive}
          />
        ))}
      </ul>
      {rows.length > MAX_ROWS && (
        <p className="small soft">
          {t('filter.more', { n: rows.length - MAX_ROWS, groups: nodes.length })}
        </p>
      )}
    </>
  )
}

function useTree({ nodes, isSearched, onToggle, onActive }: EventTypeTreeProps) {
  const list = useRef<HTMLUListElement>(null)
  const typed = useRef({ text: '', atMs: 0 })
  const [activeId, setActiveId] = useState('')
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map())
  const isOpenAtFirst = countLeaves(nodes) <= MAX_ROWS / 4
  const isOpen = ({ id }: TreeNode) => isSearched || (folded.get(id) ?? isOpenAtFirst)
  const rows = rowsOf(nodes, { isOpen })
  const fold = useStable((node: TreeNode, open: boolean) =>
    setFolded(new Map(folded).set(node.id, open)),
  )
  const setActive = useStable((node: TreeNode) => {
    setActiveId(node.id)
    onActive(node)
  })
  const focus = (index: number) => {
    const row = list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index]
    row?.focus()
  }
  const type = (letter: string, from: number) => {
    const isSame = performance.now() - typed.current.atMs < TYPED_MS
    const shown = rows.slice(0, MAX_ROWS)
    const word = (isSame ? typed.current.text : '') + letter.toLowerCase()
    const found = word.length > 1 ? findTyped(shown, word, from) : -1
    // What nothing begins with was the end of one word and the beginning of another.
    const text = found === -1 ? letter.toLowerCase() : word
    typed.current = { text, atMs: performance.now() }
    focus(found === -1 ? findTyped(shown, text, from + 1) : found)
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const row = rows[index]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const action = actionsOf({ row, index, rows, isOpen, fold, focus, onToggle })[event.key]
    const isLetter = /^[\w-]$/.test(event.key)
    if (action === undefined && !isLetter) return
    event.preventDefault()
    if (action === undefined) return type(event.key, index)
    typed.current.text = ''
    action()
  }
  return { list, rows, isOpen, fold, activeId, setActive, onKeyDown }
}

function countLeaves(nodes: readonly TreeNode[]): number {
  return nodes.reduce((sum, { names }) => sum + names.length, 0)
}

/** The same function as long as it is shown, doing what the latest one would: rows that don't change aren't drawn again. */
function useStable<A extends unknown[]>(act: (...input: A) => void): (...input: A) => void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const [stable] = useState(
    () =>
      (...input: A) =>
        latest.current(...input),
  )
  return stable
}

interface At {
  readonly row: TreeRow
  readonly index: number
  readonly rows: readonly TreeRow[]
  readonly isOpen: (node: TreeNode) => boolean
  readonly fold: (node: TreeNode, open: boolean) => void
  readonly focus: (index: number) => void
  readonly onToggle: (node: TreeNode) => void
}

function actionsOf({ row, index, rows, isOpen, fold, focus, onToggle }: At) {
  const { node, parent } = row
  const last = Math.min(rows.length, MAX_ROWS) - 1
  const into = () => {
    if (!isGroup(node)) return
    if (isOpen(node)) focus(index + 1)
    else fold(node, true)
  }
  const outOf = () => {
    if (isGroup(node) && isOpen(node)) fold(node, false)
    else focus(rows.findIndex((other) => other.node.id === parent))
  }
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focus(index + 1),
    ArrowUp: () => focus(index - 1),
    ArrowRight: into,
    ArrowLeft: outOf,
    Home: () => focus(0),
    End: () => focus(last),
    ' ': () => onToggle(node),
    Enter: () => onToggle(node),
  }
  return actions
}

interface RowProps extends TreeRow {
  readonly checked: Checked
  /** Null: no group. */
  readonly isOpen: boolean | null
  readonly isActive: boolean
  readonly onToggle: (node: TreeNode) => void
  readonly onFold: (node: TreeNode, open: boolean) => void
  readonly onFocus: (node: TreeNode) => void
}

const Row = memo(function Row(props: RowProps) {
  const { node, level, position, siblings, checked, isOpen, isActive } = props
  return (
    <li
      className="picker-row"
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isOpen ?? undefined}
      aria-checked={checked === 'mixed' ? 'mixed' : checked === 'true'}
      tabIndex={isActive ? 0 : -1}
      style={{ paddingInlineStart: `${6 + (level - 1) * 22}px` }}
      onClick={() => props.onToggle(node)}
      onFocus={() => props.onFocus(node)}
    >
      <span
        className="picker-fold"
        aria-hidden="true"
        data-open={isOpen}
        onClick={(event) => {
          if (isOpen === null) return
          event.stopPropagation()
          props.onFold(node, !isOpen)
        }}
      />
      <span className="picker-box" aria-hidden="true" data-checked={checked} />
      <RowText node={node} />
    </li>
  )
})

function RowText({ node }: { readonly node: TreeNode }) {
  const { label, names, type } = node
  if (isGroup(node))
    return (
      <span>
        <strong>{label}</strong>{' '}
        <span className="small soft">{t('filter.ofGroup', { n: names.length })}</span>
      </span>
    )
  return (
    <span>
      <span className="mono">{label}</span>
      {type === null && <span className="small soft"> ({t('filter.unlisted')})</span>}
      {type?.deprecated === true && (
        <span className="small soft"> ({t('eventTypes.deprecated')})</span>
      )}
      {type !== null && type.description !== '' && (
        <span className="small soft picker-text">
          <VisibleText text={type.description} />
        </span>
      )}
    </span>
  )
}
