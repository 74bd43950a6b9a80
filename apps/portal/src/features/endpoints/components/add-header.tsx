import {
  HEADER_NAME,
  HEADER_VALUE,
  isForbiddenHeader,
  MAX_HEADER_VALUE_BYTES,
} from '@posthorn/contracts/header-rule'
import { Button, Field, type FieldControl, Notice, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { usePatchHeaders } from '../api/endpoint-queries.ts'

/** What can't be a header says so while it is typed. */
export function AddHeader({ endpointId }: { readonly endpointId: string }) {
  const patch = usePatchHeaders(endpointId)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const faults = { name: nameFault(name.trim()), value: valueFault(value) }
  const isFaulty = faults.name !== undefined || faults.value !== undefined
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (isFaulty || name.trim() === '') return
    const onSuccess = () => {
      setName('')
      setValue('')
      toast(t('headers.added'))
    }
    patch.mutate({ [name.trim()]: value }, { onSuccess })
  }
  return (
    <form className="stack stack-small" onSubmit={add}>
      <Field label={t('headers.name')} error={faults.name}>
        {(control) => <Input control={control} value={name} onChange={setName} />}
      </Field>
      <Field label={t('headers.value')} hint={t('headers.valueHint')} error={faults.value}>
        {(control) => <Input control={control} value={value} onChange={setValue} />}
      </Field>
      {patch.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(patch.error)}</p>
        </Notice>
      )}
      <div>
        <Button type="submit" disabled={name.trim() === '' || isFaulty || patch.isPending}>
          <span aria-hidden="true">+</span> {t('headers.add')}
        </Button>
      </div>
    </form>
  )
}

function nameFault(name: string): string | undefined {
  if (name === '') return undefined
  if (!HEADER_NAME.test(name)) return t('headers.fault.name')
  return isForbiddenHeader(name) ? t('headers.fault.ours', { name }) : undefined
}

function valueFault(value: string): string | undefined {
  if (!HEADER_VALUE.test(value)) return t('headers.fault.ascii')
  return value.length > MAX_HEADER_VALUE_BYTES ? t('headers.fault.long') : undefined
}

interface InputProps {
  readonly control: FieldControl
  readonly value: string
  readonly onChange: (value: string) => void
}

function Input({ control, value, onChange }: InputProps) {
  return (
    <input
      {...control}
      className="input mono"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
