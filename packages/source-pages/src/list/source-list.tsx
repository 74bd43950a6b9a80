import type { SourceOut } from '@posthorn/contracts/ingest'
import { Button, Empty, formatNumber, ListTable, MoreButton, Time, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { useSources } from '../api/source-queries.ts'
import { DeleteDialog } from '../detail/delete-dialog.tsx'
import { labelsOf } from '../parts/labels.ts'
import { SourceBadges } from '../parts/unverified.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export function SourceList() {
  const { QueryView } = useHost()
  const query = useSources()
  return (
    <div className="stack">
      <div className="row row-between">
        <h1>{t('title')}</h1>
        <div className="row">
          {query.data?.some(({ type }) => type === 'losant') === true && <AddLink type="losant" />}
          <AddLink />
        </div>
      </div>
      <QueryView query={query}>
        {(sources) =>
          sources.length === 0 ? (
            <div className="card">
              <Empty title={t('list.empty')}>
                <p>{t('list.empty.text')}</p>
                <AddLink />
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <SourceTable sources={sources} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} label={t('list.more')} />
    </div>
  )
}

/** Of one type, or of any. */
function AddLink({ type = '' }: { readonly type?: string }) {
  const { may, Link } = useHost()
  if (!may.manage) return null
  return (
    <Link className="button" to={type === '' ? '/sources/new' : `/sources/new/${type}`}>
      {labelsOf(type).add}
    </Link>
  )
}

function SourceTable({ sources }: { readonly sources: readonly SourceOut[] }) {
  const { may } = useHost()
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.url')}</th>
          <th scope="col">{t('column.last')}</th>
          <th scope="col">{t('column.verified')}</th>
          <th scope="col">{t('column.quarantined')}</th>
          {may.manage && (
            <th scope="col">
              <span className="visually-hidden">{t('delete')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} />
        ))}
      </tbody>
    </ListTable>
  )
}

function SourceRow({ source }: { readonly source: SourceOut }) {
  const { Link, CopyButton, may } = useHost()
  const { id, name, type, ingestUrl } = source
  const isSchedule = type === 'cron'
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/sources/${id}`}>
          <VisibleText text={name} />
        </Link>
        <div className="row">
          <span className="mono soft">{type}</span>
          <SourceBadges source={source} />
        </div>
      </td>
      <td>
        {isSchedule ? (
          '–'
        ) : (
          <div className="row">
            <span className="mono source-url">{shortUrl(ingestUrl)}</span>
            <CopyButton what={t('urlOf', { name })} text={() => ingestUrl} />
          </div>
        )}
      </td>
      <Received source={source} />
      {may.manage && (
        <td>
          <Delete source={source} />
        </td>
      )}
    </tr>
  )
}

function Delete({ source }: { readonly source: SourceOut }) {
  const [isOpen, setIsOpen] = useState(false)
  const label = labelsOf(source.type).remove
  return (
    <>
      <Button
        size="small"
        aria-label={t('delete.of', { label, name: source.name })}
        onClick={() => setIsOpen(true)}
      >
        {t('delete')}
      </Button>
      {isOpen && <DeleteDialog source={source} onClose={() => setIsOpen(false)} />}
    </>
  )
}

// The middle of the token is all that tells two of them apart, and nobody reads it.
function shortUrl(url: string): string {
  return url.length <= 48 ? url : `${url.slice(0, 36)}…${url.slice(-6)}`
}

function Received({ source: { id, received, unverified } }: { readonly source: SourceOut }) {
  const { Link } = useHost()
  const { lastAt = null, judged = 0, verified = 0, quarantined = 0 } = received ?? {}
  return (
    <>
      <td data-label={t('column.last')}>{lastAt === null ? t('never') : <Time at={lastAt} />}</td>
      <td data-label={t('column.verified')}>
        {unverified ? t('unverified') : verifiedShare(judged, verified)}
      </td>
      <td data-label={t('column.quarantined')}>
        {quarantined === 0 ? (
          '0'
        ) : (
          <Link to={`/sources/${id}?tab=quarantine`}>
            {quarantined < MOST_COUNTED ? quarantined : `${MOST_COUNTED}+`}
          </Link>
        )}
      </td>
    </>
  )
}

const MOST_COUNTED = 100

function verifiedShare(judged: number, verified: number): string {
  if (judged === 0) return '–'
  return t('verifiedOf', {
    share: `${formatNumber(Math.floor((verified / judged) * 100))} %`,
    n: formatNumber(judged),
  })
}
