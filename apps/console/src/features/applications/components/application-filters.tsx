import { Button, Field } from '@posthorn/ui'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const HELD = ['failing', 'disabled', 'none'] as const

export function ApplicationFilters() {
  const [search, setSearch] = useSearchValue('search')
  const [endpoints, setEndpoints] = useSearchValue('endpoints')
  return (
    <div className="row row-fields" role="search" aria-label={t('applications.filters')}>
      <NameFilter value={search} onChange={setSearch} />
      <Field label={t('applications.endpoints')}>
        {(control) => (
          <select
            className="input"
            value={endpoints}
            onChange={({ target }) => setEndpoints(target.value)}
            {...control}
          >
            <option value="">{t('applications.held.any')}</option>
            {HELD.map((held) => (
              <option key={held} value={held}>
                {t(`applications.held.${held}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(search !== '' || endpoints !== '') && (
        <Button kind="plain" onClick={() => navigate('/applications', { replace: true })}>
          {t('list.clear')}
        </Button>
      )}
    </div>
  )
}

interface NameFilterProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Taken with Enter or on leaving. */
function NameFilter({ value, onChange }: NameFilterProps) {
  const take = (input: HTMLInputElement) => {
    const text = input.value.trim()
    if (text !== value && input.reportValidity()) onChange(text)
  }
  return (
    <Field label={t('applications.search')}>
      {(control) => (
        <input
          className="input"
          key={value}
          type="search"
          defaultValue={value}
          minLength={2}
          maxLength={1000}
          spellCheck={false}
          onBlur={({ target }) => take(target)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') take(currentTarget)
          }}
          {...control}
        />
      )}
    </Field>
  )
}
