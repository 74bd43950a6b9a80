import type { EventTypeOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { buildTree, checkedOf, leafOf, type TreeNode } from '../lib/event-type-tree.ts'
import { exampleOf, useEventTypes } from '../lib/event-types.ts'
import { t } from '../lib/text.ts'
import { EventTypeTree } from './event-type-tree.tsx'
import { QueryView } from './query-view.tsx'

export interface EventTypePickerProps {
  /** Null: all, future ones too. */
  readonly value: readonly string[] | null
  readonly onChange: (value: readonly string[] | null) => void
  readonly error?: string | undefined
}

export function EventTypePicker({ value, onChange, error }: EventTypePickerProps) {
  const name = useId()
  return (
    <fieldset className="picker stack stack-small">
      <legend className="field-label">{t('filter.eventTypes')}</legend>
      <label className="row">
        <input type="radio" name={name} checked={value === null} onChange={() => onChange(null)} />
        {t('filter.allFuture')}
      </label>
      <label className="row">
        <input type="radio" name={name} checked={value !== null} onChange={() => onChange([])} />
        {t('filter.only')}
      </label>
      {value !== null && <Choice value={value} onChange={onChange} />}
      <div className="field-error small" aria-live="polite">
        {error}
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

function Choice({ value, onChange }: ChoiceProps) {
  const [search, setSearch] = useState('')
  const query = useEventTypes()
  const place = useRef<HTMLDivElement>(null)
  return (
    <div className="picker-tree" ref={place}>
      <input
        className="input"
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          // Enter would send the form that it stands in.
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
          event.preventDefault()
          place.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus()
        }}
      />
      <QueryView query={query}>
        {(types) => <Found types={types} search={search} {...{ value, onChange }} />}
      </QueryView>
      <p className="small soft" aria-live="polite">
        {value.length === 0 ? t('filter.chosenNone') : t('filter.chosen', { n: value.length })}
      </p>
    </div>
  )
}

interface FoundProps extends ChoiceProps {
  readonly types: readonly EventTypeOut[]
  readonly search: string
}

function Found({ types, search, value, onChange }: FoundProps) {
  const [active, setActive] = useState<TreeNode | null>(null)
  // The letter that was typed is shown before the tree has followed it.
  const words = useDeferredValue(search).trim().toLowerCase()
  const chosen = useMemo(() => new Set(value), [value])
  const nodes = useMemo(() => nodesFor({ types, words, value }), [types, words, value])
  const toggle = (node: TreeNode) => {
    const others = value.filter((name) => !node.names.includes(name))
    onChange(checkedOf(node, chosen) === 'true' ? others : [...others, ...node.names])
  }
  if (nodes.length === 0) return <p className="soft">{t('filter.none')}</p>
  return (
    <>
      <EventTypeTree
        {...{ nodes, chosen }}
        isSearched={words !== ''}
        onToggle={toggle}
        onActive={setActive}
      />
      {active?.type != null && <Example type={active.type} />}
    </>
  )
}

interface Sought {
  readonly types: readonly EventTypeOut[]
  readonly words: string
  readonly value: readonly string[]
}

/** Of the catalog what is searched for, and below it what is chosen and no longer listed: it can be let go of. */
function nodesFor({ types, words, value }: Sought): TreeNode[] {
  const listed = new Set(types.map(({ name }) => name))
  const found = types.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words),
  )
  const unlisted = value.filter((name) => !listed.has(name) && name.toLowerCase().includes(words))
  return [...buildTree(found), ...unlisted.map((name) => leafOf(name))]
}

function Example({ type }: { readonly type: EventTypeOut }) {
  const example = useMemo(() => exampleOf(type), [type])
  if (example === null) return null
  return (
    <section className="small" aria-label={t('filter.example', { name: type.name })}>
      <p className="soft">{t('filter.example', { name: type.name })}</p>
      <pre className="code picker-example" tabIndex={0} role="region" aria-label={type.name}>
        <VisibleText text={example} />
      </pre>
    </section>
  )
}
