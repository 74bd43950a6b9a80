import type { EndpointHealth } from '@posthorn/contracts'
import { Button, Empty, formText, healthText, VisibleText } from '@posthorn/ui'
import type { FormEvent } from 'react'
import { TypeFilter } from '../../../components/type-filter.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const HEALTHS = ['failing', 'disabled_soon', 'disabled', 'rate_limited', 'new', 'healthy'] as const

export interface EndpointFilter {
  readonly search: string
  readonly health: EndpointHealth | ''
  readonly type: string
}

/** In the URL, so that what is found can be passed on. */
export function useEndpointFilter() {
  const [search, setSearch] = useSearchValue('search')
  const [asked, setHealth] = useSearchValue('health')
  const [type, setType] = useSearchValue('type')
  const health = HEALTHS.find((name) => name === asked) ?? ''
  const isActive = search !== '' || health !== '' || type !== ''
  return { search, health, type, setSearch, setHealth, setType, isActive } as const
}

export interface EndpointFiltersProps {
  readonly filter: ReturnType<typeof useEndpointFilter>
}

export function EndpointFilters({ filter }: EndpointFiltersProps) {
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    filter.setSearch(formText(event.currentTarget, 'search'))
  }
  return (
    <div className="row filters">
      <form className="row" role="search" aria-label={t('endpoints.title')} onSubmit={find}>
        <input
          key={filter.search}
          className="input find-input"
          name="search"
          type="search"
          maxLength={256}
          aria-label={t('endpoints.search')}
          placeholder={t('endpoints.search')}
          defaultValue={filter.search}
        />
      </form>
      <select
        className="input"
        aria-label={t('endpoints.health')}
        value={filter.health}
        onChange={({ target }) => filter.setHealth(target.value)}
      >
        <option value="">{t('endpoints.anyHealth')}</option>
        {HEALTHS.map((name) => (
          <option key={name} value={name}>
            {healthText(name)}
          </option>
        ))}
      </select>
      <TypeFilter value={filter.type} onChange={filter.setType} />
    </div>
  )
}

export function NothingFound({ filter }: EndpointFiltersProps) {
  const { search, health, type } = filter
  const names = [
    search === '' ? '' : `${t('endpoints.search')}: ${search}`,
    health === '' ? '' : `${t('endpoints.health')}: ${healthText(health)}`,
    type === '' ? '' : `${t('list.filter.type')}: ${type}`,
  ].filter((name) => name !== '')
  const clear = () => {
    filter.setSearch('')
    filter.setHealth('')
    filter.setType('')
  }
  return (
    <Empty title={t('list.filtered.title')}>
      <p>
        <VisibleText text={names.join(' · ')} />
      </p>
      <Button onClick={clear}>{t('list.filtered.clear')}</Button>
    </Empty>
  )
}
