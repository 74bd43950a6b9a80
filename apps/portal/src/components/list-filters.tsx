import type { QueryValues } from '@posthorn/client'
import { Button, formText } from '@posthorn/ui'
import { type FormEvent, type ReactNode, useId } from 'react'
import { navigate, usePlace } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import { FILTERS, type FilterName, type FilterValues } from './filter-names.ts'
import { TimeFilter, windowOf } from './time-filter.tsx'
import { TypeFilter } from './type-filter.tsx'

/** Of the receiver's answer; 0: there was none. */
const CODES = ['0', '200', '300', '400', '500'] as const

export interface ListFiltersState {
  readonly values: FilterValues
  readonly isActive: boolean
  readonly set: (values: Partial<FilterValues>) => void
  readonly clear: () => void
  readonly query: () => QueryValues
}

/** The filters of a list as the URL has them. */
export function useListFilters(): ListFiltersState {
  const { path, search } = usePlace()
  const values = Object.fromEntries(
    FILTERS.map((name) => [name, search.get(name) ?? '']),
  ) as Record<FilterName, string>
  const set = (changed: Partial<FilterValues>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changed)) {
      next.delete(name)
      if (value !== '') next.set(name, value)
    }
    navigate(path + (next.size === 0 ? '' : `?${next}`), { replace: true })
  }
  return {
    values,
    isActive: FILTERS.some((name) => values[name] !== ''),
    set,
    clear: () => set(Object.fromEntries(FILTERS.map((name) => [name, '']))),
    query: () => ({
      status: values.status,
      status_code_class: values.code,
      cause: values.cause,
      event_types: values.type,
      tag: values.tag,
      channel: values.channel,
      ...windowOf(values),
    }),
  }
}

export type ListStatus = '0' | '1' | '2' | '3' | '4'

export interface ListFiltersProps {
  readonly filters: ListFiltersState
  /** Those that there is a choice of; none where there is none. */
  readonly statuses?: readonly ListStatus[]
  /** Of attempts: they have an answer. */
  readonly hasCodes?: boolean
  /** Further ones. */
  readonly children?: ReactNode
}

export function ListFilters({
  filters,
  statuses = [],
  hasCodes = false,
  children,
}: ListFiltersProps) {
  const { values, set } = filters
  return (
    <div className="row filters" role="search" aria-label={t('list.filters')}>
      {statuses.length > 0 && (
        <select
          className="input"
          aria-label={t('list.filter.status')}
          value={values.status}
          onChange={(event) => set({ status: event.target.value })}
        >
          <option value="">{t('list.filter.anyStatus')}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {t(`list.status.${status}`)}
            </option>
          ))}
        </select>
      )}
      {hasCodes && <CodeFilter value={values.code} onChange={(code) => set({ code })} />}
      {children}
      <TypeFilter value={values.type} onChange={(type) => set({ type })} />
      {(['tag', 'channel'] as const).map((name) => (
        <TextFilter
          key={name + values[name]}
          label={t(`list.filter.${name}`)}
          value={values[name]}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <TimeFilter {...{ values, set }} />
      {filters.isActive && (
        <Button kind="plain" onClick={filters.clear}>
          {t('list.filtered.clear')}
        </Button>
      )}
    </div>
  )
}

interface TextFilterProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function CodeFilter({ value, onChange }: Omit<TextFilterProps, 'label'>) {
  return (
    <select
      className="input"
      aria-label={t('list.filter.code')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('list.filter.anyCode')}</option>
      {CODES.map((code) => (
        <option key={code} value={code}>
          {t(`list.code.${code}`)}
        </option>
      ))}
    </select>
  )
}

/** Taken with Enter or on leaving: the server refuses half a name. */
function TextFilter({ label, value, onChange }: TextFilterProps) {
  const id = useId()
  const take = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onChange(formText(event.currentTarget, id))
  }
  return (
    <form onSubmit={take}>
      <input
        className="input"
        name={id}
        aria-label={label}
        placeholder={label}
        pattern="[a-zA-Z0-9._\-]+"
        maxLength={128}
        defaultValue={value}
      />
    </form>
  )
}
