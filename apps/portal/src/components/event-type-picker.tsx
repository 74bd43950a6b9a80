import type { EventTypeOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { useEffect, useId, useRef, useState } from 'react'
import { useEventTypes } from '../lib/event-types.ts'
import { t } from '../lib/text.ts'
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
  const chosen = new Set(value)
  const toggle = (names: readonly string[], isOn: boolean) => {
    const others = value.filter((name) => !names.includes(name))
    onChange(isOn ? [...others, ...names] : others)
  }
  return (
    <div className="picker-tree">
      <input
        className="input"
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <QueryView query={query}>
        {(types) => <Groups types={matching(types, search)} chosen={chosen} toggle={toggle} />}
      </QueryView>
      <p className="small soft" aria-live="polite">
        {value.length === 0 ? t('filter.chosenNone') : t('filter.chosen', { n: value.length })}
      </p>
    </div>
  )
}

function matching(types: readonly EventTypeOut[], search: string): EventTypeOut[] {
  const words = search.toLowerCase()
  return types.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words),
  )
}

interface GroupsProps {
  readonly types: readonly EventTypeOut[]
  readonly chosen: ReadonlySet<string>
  readonly toggle: (names: readonly string[], isOn: boolean) => void
}

function Groups({ types, chosen, toggle }: GroupsProps) {
  if (types.length === 0) return <p className="soft">{t('filter.none')}</p>
  const groups = Object.entries(Object.groupBy(types, ({ name }) => name.split('.')[0] ?? name))
  return (
    <ul className="picker-list">
      {groups.map(([group, members = []]) => (
        <li key={group}>
          {members.length > 1 && (
            <GroupCheck
              label={group}
              names={members.map(({ name }) => name)}
              {...{ chosen, toggle }}
            />
          )}
          <ul className={members.length > 1 ? 'picker-members' : 'picker-single'}>
            {members.map((type) => (
              <TypeCheck key={type.name} type={type} {...{ chosen, toggle }} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

interface GroupCheckProps extends Omit<GroupsProps, 'types'> {
  readonly label: string
  readonly names: readonly string[]
}

function GroupCheck({ label, names, chosen, toggle }: GroupCheckProps) {
  const ref = useRef<HTMLInputElement>(null)
  const count = names.filter((name) => chosen.has(name)).length
  const isAll = count === names.length
  useEffect(() => {
    if (ref.current !== null) ref.current.indeterminate = count > 0 && !isAll
  }, [count, isAll])
  return (
    <label className="row">
      <input ref={ref} type="checkbox" checked={isAll} onChange={() => toggle(names, !isAll)} />
      <strong>{label}</strong>
      <span className="small soft">
        {count}/{names.length}
      </span>
    </label>
  )
}

function TypeCheck({
  type,
  chosen,
  toggle,
}: { readonly type: EventTypeOut } & Omit<GroupsProps, 'types'>) {
  const isOn = chosen.has(type.name)
  return (
    <li>
      <label className="picker-type">
        <input type="checkbox" checked={isOn} onChange={() => toggle([type.name], !isOn)} />
        <span>
          <span className="mono">{type.name}</span>
          {type.deprecated && <span className="small soft"> ({t('eventTypes.deprecated')})</span>}
          {type.description !== '' && (
            <span className="small soft picker-text">
              <VisibleText text={type.description} />
            </span>
          )}
        </span>
      </label>
    </li>
  )
}
