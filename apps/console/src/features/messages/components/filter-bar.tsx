import type { ApplicationOut } from '@posthorn/contracts'
import { Button, Field, toast } from '@posthorn/ui'
import type { ComponentProps } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { causeName, namedCauses } from '../../../lib/cause-name.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import {
  BETWEEN,
  type FilterName,
  HOURS,
  type MessageFilters,
  STATUSES,
} from '../message-filters.ts'

export interface FilterBarProps {
  readonly filters: MessageFilters
}

const NAME = '[a-zA-Z0-9._\\-]{1,256}'

export function FilterBar({ filters }: FilterBarProps) {
  return (
    <div className="message-filters" role="search" aria-label={t('messages.filters')}>
      <Choice filters={filters} name="status" any={t('messages.anyStatus')}>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`messages.status.${status}`)}
          </option>
        ))}
      </Choice>
      <Choice filters={filters} name="cause" any={t('messages.anyCause')}>
        {causesWith(filters.values.cause).map((code) => (
          <option key={code} value={code}>
            {causeName(code)}
          </option>
        ))}
      </Choice>
      <Typed filters={filters} name="code" pattern="[1-5]([0-9][0-9]|xx)" placeholder="503, 5xx" />
      <Typed filters={filters} name="type" pattern={NAME} placeholder="invoice.paid" />
      <Typed filters={filters} name="tag" pattern={NAME} />
      <ApplicationFilter filters={filters} />
      <Typed filters={filters} name="host" pattern="[!-~]{1,255}" placeholder="hooks.example.com" />
      <Choice filters={filters} name="hours" any={t('messages.anyTime')}>
        {HOURS.map((hours) => (
          <option key={hours} value={hours}>
            {t(`messages.hours.${hours}`)}
          </option>
        ))}
        <option value={BETWEEN}>{t('messages.hours.between')}</option>
      </Choice>
      {filters.values.hours === BETWEEN && (
        <>
          <Moment filters={filters} name="after" />
          <Moment filters={filters} name="before" />
        </>
      )}
      {filters.active.length > 0 && (
        <Button kind="plain" onClick={filters.clear}>
          {t('list.clear')}
        </Button>
      )}
    </div>
  )
}

/** Those that have a name, and the one that the address names should it have none. */
function causesWith(chosen: string): readonly string[] {
  const known = namedCauses()
  return chosen === '' || known.includes(chosen) ? known : [...known, chosen]
}

interface FilterProps extends FilterBarProps {
  readonly name: FilterName
}

interface ChoiceProps extends FilterProps {
  readonly any: string
  readonly children: ComponentProps<'select'>['children']
}

function Choice({ filters, name, any, children }: ChoiceProps) {
  return (
    <Field label={t(`messages.filter.${name}`)}>
      {(control) => (
        <select
          className="input"
          value={filters.values[name]}
          onChange={({ target }) => filters.set({ [name]: target.value })}
          {...control}
        >
          <option value="">{any}</option>
          {children}
        </select>
      )}
    </Field>
  )
}

interface TypedProps extends FilterProps {
  readonly pattern: string
  readonly placeholder?: string
  /** What is typed may name the thing in other words than the api takes. */
  readonly resolve?: (text: string) => Promise<string>
}

/** Taken with Enter or on leaving: the server refuses half a name. */
function Typed({ filters, name, pattern, placeholder, resolve }: TypedProps) {
  const value = filters.values[name]
  const take = async (input: HTMLInputElement) => {
    const text = input.value.trim()
    if (text === value) return
    if (text !== '' && !input.reportValidity()) return
    try {
      filters.set({ [name]: text === '' || resolve === undefined ? text : await resolve(text) })
    } catch (err) {
      toast(describeError(err))
    }
  }
  return (
    <Field label={t(`messages.filter.${name}`)}>
      {(control) => (
        <input
          className="input"
          key={value}
          defaultValue={value}
          pattern={pattern}
          placeholder={placeholder}
          spellCheck={false}
          onBlur={({ target }) => void take(target)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') void take(currentTarget)
          }}
          {...control}
        />
      )}
    </Field>
  )
}

/** By id or by uid: the list knows the id alone. */
function ApplicationFilter({ filters }: FilterBarProps) {
  const transport = useTransport()
  const resolve = async (text: string) => {
    const path = `/app/${encodeURIComponent(text)}`
    const { id } = await transport.json<ApplicationOut>({ path })
    return id
  }
  return <Typed filters={filters} name="app" pattern={NAME} placeholder="app_…" resolve={resolve} />
}

function Moment({ filters, name }: FilterProps) {
  return (
    <Field label={t(`messages.filter.${name}`)}>
      {(control) => (
        <input
          className="input"
          type="datetime-local"
          value={filters.values[name]}
          onChange={({ target }) => filters.set({ [name]: target.value })}
          {...control}
        />
      )}
    </Field>
  )
}
