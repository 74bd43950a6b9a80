import { Empty, ListTable, VisibleText } from '@posthorn/ui'
import '../health.css'
import type { ScreenProps } from '../../../app/sections.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { causeName } from '../../../lib/cause-name.ts'
import { formatCapped, formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useOutages } from '../api/health-queries.ts'
import { outageLink, type OutageRow, rowsOfOutage } from '../outage-rows.ts'
import { recoverLink } from '../recover-link.ts'
import { AsOfAnswer } from './as-of.tsx'
import { OutageScreen } from './outage-screen.tsx'
import { PastOutages } from './past-outages.tsx'

export function OutagesScreen({ parts: [host] }: ScreenProps) {
  return host === undefined || host === '' ? (
    <OutageTable />
  ) : (
    <OutageScreen key={host} host={host} />
  )
}

function OutageTable() {
  const query = useOutages()
  return (
    <div className="stack">
      <ScreenHeader title={t('outages.title')}>
        <AsOfAnswer query={query} />
      </ScreenHeader>
      <QueryView query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="card">
              <Empty title={t('outages.empty')}>
                <p>{t('outages.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <Rows rows={data.flatMap(rowsOfOutage)} />
            </div>
          )
        }
      </QueryView>
      <PastOutages />
    </div>
  )
}

function Rows({ rows }: { readonly rows: readonly OutageRow[] }) {
  const mayHeal = useMayAs('support')
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('outages.outage')}</th>
          <th>{t('outages.customers')}</th>
          <th>{t('outages.endpoints')}</th>
          <th>{t('health.since')}</th>
          {mayHeal && <th>{t('list.actions')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.host} ${row.code}`}>
            <td>
              <div>
                <Link className="strong-link" to={outageLink(row)}>
                  {causeName(row.code)}: <VisibleText text={row.host} />
                </Link>
              </div>
              {row.code !== null && <div className="small soft mono">{row.code}</div>}
            </td>
            <td data-label={t('outages.customers')}>
              {t('outages.customers.count', { n: plural(row, row.applications) })}
            </td>
            <td data-label={t('outages.endpoints')}>
              <EndpointCounts row={row} />
            </td>
            <td data-label={t('health.since')}>
              <Time at={row.failingSince} />
            </td>
            {mayHeal && (
              <td>
                <Link to={recoverLink({ host: row.host }, row.failingSince)}>
                  {t('recover.open')}
                </Link>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}

function EndpointCounts({ row }: { readonly row: OutageRow }) {
  return (
    <>
      <div>
        {t('outages.endpoints.count', {
          n: plural(row, row.endpoints),
          there: formatCapped(row.endpointsThere),
        })}
      </div>
      <div className="small soft">
        {[
          row.held > 0 ? t('outages.held', { n: row.held }) : '',
          row.disabled > 0 ? t('outages.disabled', { n: formatCount(row.disabled) }) : '',
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </div>
    </>
  )
}

function plural({ isPart }: OutageRow, count: number): string {
  return isPart ? `≥ ${formatCount(count)}` : formatCount(count)
}
