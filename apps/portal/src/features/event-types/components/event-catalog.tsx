import type { EventTypeOut } from '@posthorn/contracts'
import { Empty } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { useEventTypes } from '../../../lib/event-types.ts'
import { PageName } from '../../../lib/page-name.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { CatalogNames } from './catalog-names.tsx'
import { EventTypeDetail } from './event-type-detail.tsx'

export function EventCatalogPage({ name }: { readonly name: string | null }) {
  const query = useEventTypes()
  return (
    <div className="stack">
      <h1>
        <PageName of="event-types" />
      </h1>
      <QueryView query={query}>
        {(types) =>
          types.length === 0 ? (
            <Empty title={t('eventTypes.empty.title')}>
              <p>{t('eventTypes.empty.text')}</p>
            </Empty>
          ) : (
            <Catalog types={types} name={name} />
          )
        }
      </QueryView>
    </div>
  )
}

interface CatalogProps {
  readonly types: readonly EventTypeOut[]
  readonly name: string | null
}

function Catalog({ types, name }: CatalogProps) {
  const [search, setSearch] = useSearchValue('q')
  const words = search.toLowerCase()
  const found = types.filter((type) =>
    `${type.name} ${type.description}`.toLowerCase().includes(words),
  )
  const chosen = types.find((type) => type.name === name)
  return (
    <div className="catalog">
      <nav className="card stack stack-small" aria-label={t('eventTypes.title')}>
        <input
          className="input"
          type="search"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {found.length === 0 && <p className="soft">{t('filter.none')}</p>}
        <CatalogNames names={found.map((type) => type.name)} chosen={name} search={search} />
      </nav>
      {name === null ? (
        <p className="soft">{t('eventTypes.choose')}</p>
      ) : chosen === undefined ? (
        <Empty title={t('state.notFound.title')}>
          <p>{t('state.notFound.text')}</p>
        </Empty>
      ) : (
        <EventTypeDetail key={chosen.name} type={chosen} />
      )}
    </div>
  )
}
