import type { EventTypeOut } from '@posthorn/contracts'
import { Badge, CodeBlock, Empty, VisibleText } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { exampleOf, useEventTypes } from '../../../lib/event-types.ts'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export function EventCatalogPage({ name }: { readonly name: string | null }) {
  const query = useEventTypes()
  return (
    <div className="stack">
      <h1>{t('eventTypes.title')}</h1>
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
        <ul className="plain-list catalog-names">
          {found.map((type) => (
            <li key={type.name}>
              <Link
                className="mono"
                to={`/event-types/${type.name}${search === '' ? '' : `?q=${encodeURIComponent(search)}`}`}
                aria-current={type.name === name ? 'page' : undefined}
              >
                {type.name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {name === null ? (
        <p className="soft">{t('eventTypes.choose')}</p>
      ) : chosen === undefined ? (
        <Empty title={t('state.notFound.title')}>
          <p>{t('state.notFound.text')}</p>
        </Empty>
      ) : (
        <EventTypeDetail type={chosen} />
      )}
    </div>
  )
}

function EventTypeDetail({ type }: { readonly type: EventTypeOut }) {
  const schemas = Object.entries(type.schemas ?? {})
  const example = exampleOf(type)
  return (
    <article className="stack">
      <div className="row">
        <h2 className="mono">{type.name}</h2>
        {type.deprecated && <Badge tone="warn">{t('eventTypes.deprecated')}</Badge>}
      </div>
      {type.description !== '' && (
        <p>
          <VisibleText text={type.description} />
        </p>
      )}
      {example !== null && (
        <div className="card">
          <CodeBlock label={t('testing.example')} text={example} />
        </div>
      )}
      {schemas.length === 0 && <p className="soft">{t('eventTypes.noSchema')}</p>}
      {schemas.map(([version, schema]) => (
        <div className="card stack" key={version}>
          <Properties schema={schema} />
          <CodeBlock
            label={t('eventTypes.schema', { version })}
            text={JSON.stringify(schema, null, 2)}
          />
        </div>
      ))}
    </article>
  )
}

function Properties({ schema }: { readonly schema: unknown }) {
  const { properties, required }: { properties?: unknown; required?: unknown } = Object(schema)
  const rows = Object.entries(Object(properties))
  const needed: unknown[] = Array.isArray(required) ? required : []
  if (rows.length === 0) return null
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('eventTypes.property')}</th>
          <th scope="col">{t('eventTypes.type')}</th>
          <th scope="col">{t('form.description')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, property]) => {
          const { type, description }: { type?: unknown; description?: unknown } = Object(property)
          return (
            <tr key={name}>
              <td className="mono">
                <VisibleText text={name} />
                {needed.includes(name) && (
                  <span className="small soft"> {t('eventTypes.required')}</span>
                )}
              </td>
              <td className="mono">{typeText(type)}</td>
              <td>{typeof description === 'string' && <VisibleText text={description} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function typeText(type: unknown): string {
  const names = [type].flat().filter((name) => typeof name === 'string')
  return names.length === 0 ? '–' : names.join(' | ')
}
