import type { AuditRecordOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { FullTime } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { targetLink } from '../target-link.ts'

export function AuditTable({ records }: { readonly records: readonly AuditRecordOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('audit.time')}</th>
          <th>{t('audit.actor')}</th>
          <th>{t('audit.action')}</th>
          <th>{t('audit.target')}</th>
          <th>{t('audit.changes')}</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.id}>
            <td className="small cell-whole">
              <FullTime at={record.timestamp} />
            </td>
            <td>
              {record.actorName !== null && <VisibleText text={record.actorName} />}
              <div className="mono soft">{record.actor}</div>
              {record.address !== null && <div className="mono soft small">{record.address}</div>}
            </td>
            <td className="mono cell-whole">{record.action}</td>
            <td className="mono">
              <Target record={record} />
            </td>
            <td>
              <Changes changes={record.changes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Target({ record }: { readonly record: AuditRecordOut }) {
  const link = targetLink(record)
  const text = <VisibleText text={record.target} />
  return link === null ? text : <Link to={link}>{text}</Link>
}

function Changes({ changes }: Pick<AuditRecordOut, 'changes'>) {
  if (changes === null) return null
  return (
    <ul className="changes small mono">
      {Object.entries(changes).map(([field, { from, to }]) => (
        <li key={field}>
          {field}: <ChangedValue value={from} /> → <ChangedValue value={to} />
        </li>
      ))}
    </ul>
  )
}

const MAX_SHOWN = 200

function ChangedValue({ value }: { readonly value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return <VisibleText text={text === 'null' ? '–' : text.slice(0, MAX_SHOWN)} />
}
