import type { SupportApplicationList } from '@posthorn/contracts'
import { Button, Field, useSettled, VisibleText } from '@posthorn/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import './limit.css'
import { useTransport } from '../lib/session.tsx'
import { t } from '../lib/text.ts'
import { faultOf } from './form-error.tsx'
import type { NamedApplication } from './limit-names.tsx'

export interface ApplicationPickerProps {
  readonly chosen: readonly NamedApplication[]
  readonly onChange: (chosen: readonly NamedApplication[]) => void
  /** Of the form around it: what is wrong with the applications is told here. */
  readonly error: Error | null
}

/** Applications one by one, found by what names them; none chosen stands for all. */
export function ApplicationPicker({ chosen, onChange, error }: ApplicationPickerProps) {
  const [text, setText] = useState('')
  const { data } = useApplications(text)
  const ids = new Set(chosen.map(({ id }) => id))
  const offered = (data?.data ?? []).filter(({ id }) => !ids.has(id))
  return (
    <div className="stack stack-small">
      <Field label={t('limit.label')} hint={t('limit.hint')} error={faultOf(error, 'applications')}>
        {(control) => (
          <input
            className="input"
            type="search"
            placeholder={t('limit.find')}
            value={text}
            onChange={({ target }) => setText(target.value)}
            // Enter looks, and doesn't send the form around it.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            {...control}
          />
        )}
      </Field>
      <div className="row">
        {offered.map(({ id, name }) => (
          <Button
            key={id}
            size="small"
            aria-label={t('limit.add.label', { name })}
            onClick={() => onChange([...chosen, { id, name }])}
          >
            + <VisibleText text={name} />
          </Button>
        ))}
      </div>
      {chosen.length > 0 && <Chosen chosen={chosen} onChange={onChange} />}
    </div>
  )
}

function Chosen({ chosen, onChange }: Omit<ApplicationPickerProps, 'error'>) {
  return (
    <ul className="stack stack-small limit-chosen" aria-label={t('limit.chosen')}>
      {chosen.map(({ id, name }) => (
        <li className="row row-between" key={id}>
          <strong>{name === null ? t('limit.gone') : <VisibleText text={name} />}</strong>
          <Button
            size="small"
            aria-label={t('limit.remove.label', { name: name ?? t('limit.gone') })}
            onClick={() => onChange(chosen.filter((one) => one.id !== id))}
          >
            {t('limit.remove')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

const OFFERED = 5

function useApplications(text: string) {
  const transport = useTransport()
  const search = useSettled(text.trim(), 150)
  return useQuery({
    queryKey: ['/support/application', 'picker', search],
    queryFn: ({ signal }) =>
      transport.json<SupportApplicationList>({
        path: '/support/application',
        query: { limit: OFFERED, ...(search === '' ? {} : { search }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
}
