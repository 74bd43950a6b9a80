import { Button, Field, type FieldControl } from '@posthorn/ui'
import { type KeyboardEvent, useRef } from 'react'
import { t } from '../../../lib/text.ts'
import { headerFaults, isFaultyHeader, type TypedHeader } from './typed-header.ts'

interface HeaderFieldsProps {
  readonly typed: TypedHeader
  readonly onChange: (typed: TypedHeader) => void
  readonly onAdd: () => void
  readonly isAdding?: boolean
  /** What the server said of all of them. */
  readonly error?: string | undefined
}

/** What can't be a header says so while it is typed. Enter adds it: it may stand in a form of something larger. */
export function HeaderFields({ typed, onChange, onAdd, isAdding, error }: HeaderFieldsProps) {
  const faults = headerFaults(typed)
  const cannotAdd = typed.name.trim() === '' || isFaultyHeader(typed) || isAdding === true
  const place = useRef<HTMLDivElement>(null)
  const add = () => {
    if (cannotAdd) return
    onAdd()
    place.current?.querySelector('input')?.focus()
  }
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  const input = (control: FieldControl, name: keyof TypedHeader) => (
    <input
      {...control}
      className="input mono"
      autoComplete="off"
      value={typed[name]}
      onChange={({ target }) => onChange({ ...typed, [name]: target.value })}
      onKeyDown={onEnter}
    />
  )
  return (
    <div className="stack stack-small" ref={place}>
      <Field label={t('headers.name')} error={faults.name ?? error}>
        {(control) => input(control, 'name')}
      </Field>
      <Field label={t('headers.value')} hint={t('headers.valueHint')} error={faults.value}>
        {(control) => input(control, 'value')}
      </Field>
      <div>
        <Button disabled={cannotAdd} onClick={add}>
          <span aria-hidden="true">+</span> {t('headers.add')}
        </Button>
      </div>
    </div>
  )
}
