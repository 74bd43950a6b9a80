import type { SupportApplicationOut } from '@posthorn/contracts'
import { Badge, ListTable, VisibleText } from '@posthorn/ui'
import { Time } from '../../../components/time.tsx'
import { formatCapped, formatCount, formatShare } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

/** What the server counts of an application's endpoints. */
const COUNTED_TO = 1_000

interface ApplicationTableProps {
  readonly applications: readonly SupportApplicationOut[]
}

export function ApplicationTable({ applications }: ApplicationTableProps) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('applications.endpoints')}</th>
          <th>{t('applications.day')}</th>
          <th>{t('applications.waiting')}</th>
          <th>{t('applications.rate')}</th>
          <th>{t('applications.created')}</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <Row key={application.id} application={application} />
        ))}
      </tbody>
    </ListTable>
  )
}

interface RowProps {
  readonly application: SupportApplicationOut
}

function Row({ application }: RowProps) {
  const { id, name, uid, waiting, waitingCapped, throttleRate, createdAt } = application
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/applications/${id}`}>
          <VisibleText text={name} />
        </Link>
        <div className="mono soft small">
          {uid !== null && <VisibleText text={`${uid} · `} />}
          {id}
        </div>
      </td>
      <td data-label={t('applications.endpoints')}>
        <Endpoints application={application} />
      </td>
      <td data-label={t('applications.day')}>
        <Day application={application} />
      </td>
      <td data-label={t('applications.waiting')}>
        {waitingCapped && waiting <= 10_000 ? `≥ ${formatCount(waiting)}` : formatCapped(waiting)}
      </td>
      <td className={throttleRate === null ? 'cell-none' : ''} data-label={t('applications.rate')}>
        {throttleRate === null ? '–' : t('applications.rate.perSecond', { n: throttleRate })}
      </td>
      <td data-label={t('applications.created')}>
        <Time at={createdAt} />
      </td>
    </tr>
  )
}

function Endpoints({ application: { endpoints } }: RowProps) {
  const { total, failing, disabled } = endpoints
  return (
    <span className="row row-inline">
      {total > COUNTED_TO ? `${formatCount(COUNTED_TO)}+` : formatCount(total)}
      {failing > 0 && (
        <Badge tone="bad">{t('applications.failing', { n: formatCount(failing) })}</Badge>
      )}
      {disabled > 0 && (
        <Badge tone="idle">{t('applications.disabledCount', { n: formatCount(disabled) })}</Badge>
      )}
    </span>
  )
}

function Day({ application: { attempts24h } }: RowProps) {
  const { succeeded, failed } = attempts24h
  const made = succeeded + failed
  if (made === 0) return '–'
  return (
    <>
      {formatCount(made)}{' '}
      <span className="small soft">
        {t('applications.day.share', { share: formatShare(succeeded / made) })}
      </span>
    </>
  )
}
