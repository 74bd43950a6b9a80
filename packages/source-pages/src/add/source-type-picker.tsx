import type { SourceTypeSummaryOut } from '@posthorn/contracts/ingest'
import { Badge, Button, Empty } from '@posthorn/ui'
import { useState } from 'react'
import { useSourceTypes } from '../api/source-queries.ts'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { AddHeading } from './add-heading.tsx'

/** Who is going to send? */
export function SourceTypePicker() {
  const { QueryView } = useHost()
  const query = useSourceTypes()
  const [search, setSearch] = useState('')
  return (
    <div className="stack">
      <AddHeading />
      <p className="soft">{t('add.pick')}</p>
      <input
        className="input source-narrow"
        type="search"
        aria-label={t('add.search')}
        placeholder={t('add.search')}
        autoComplete="off"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <QueryView query={query}>
        {(types) => (
          <Types types={types.filter((type) => fits(type, search))} onClear={() => setSearch('')} />
        )}
      </QueryView>
    </div>
  )
}

interface TypesProps {
  readonly types: readonly SourceTypeSummaryOut[]
  readonly onClear: () => void
}

function Types({ types, onClear }: TypesProps) {
  const { Link } = useHost()
  return (
    <>
      <p className="small soft" role="status">
        {t('add.found', { n: types.length })}
      </p>
      {types.length === 0 ? (
        <Empty title={t('add.none')}>
          <p>{t('add.none.text')}</p>
          <Button onClick={onClear}>{t('add.clear')}</Button>
        </Empty>
      ) : (
        <ul className="source-types">
          {types.map(({ type, name, unverified, known }) => (
            <li key={type}>
              <Link to={`/sources/new/${encodeURIComponent(type)}`}>
                <strong>{name}</strong>
                <span className="mono soft">{type}</span>
                {unverified && <Badge tone="warn">{t('unverified')}</Badge>}
                {known === 'unconfirmed' && <Badge tone="idle">{t('known.unconfirmed')}</Badge>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function fits({ type, name }: SourceTypeSummaryOut, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return type.includes(wanted) || name.toLowerCase().includes(wanted)
}
