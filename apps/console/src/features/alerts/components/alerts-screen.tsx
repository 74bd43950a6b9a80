import type { AlertOut } from '@posthorn/contracts'
import { Button, Empty, ListTable, Time, VisibleText } from '@posthorn/ui'
import type { ScreenProps } from '../../../app/sections.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link, useNewDialog } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { describeRule, describeSeen, describeTarget } from '../alert-words.ts'
import { useAlerts } from '../use-alerts.ts'
import { AlertDialog } from './alert-dialog.tsx'
import { AlertScreen } from './alert-screen.tsx'
import { AlertState } from './alert-state.tsx'

export function AlertsScreen({ parts: [id] }: ScreenProps) {
  return id === undefined || id === '' ? <AlertList /> : <AlertScreen key={id} id={id} />
}

function AlertList() {
  const query = useAlerts()
  const mayAdd = useMayAs('admin')
  const [isAdding, setIsAdding] = useNewDialog()
  return (
    <div className="stack">
      <ScreenHeader title={t('alerts.title')}>
        {mayAdd && (
          <Button kind="primary" onClick={() => setIsAdding(true)}>
            {t('alerts.add')}
          </Button>
        )}
      </ScreenHeader>
      <QueryView query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="card">
              <Empty title={t('alerts.empty')}>
                <p>{t('alerts.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <AlertTable alerts={data} />
            </div>
          )
        }
      </QueryView>
      {mayAdd && isAdding && <AlertDialog onClose={() => setIsAdding(false)} />}
    </div>
  )
}

function AlertTable({ alerts }: { readonly alerts: readonly AlertOut[] }) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('alerts.state')}</th>
          <th>{t('alerts.seen')}</th>
          <th>{t('alerts.target')}</th>
          <th>{t('alerts.notified')}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.id}>
            <td>
              <Link className="strong-link" to={`/alerts/${alert.id}`}>
                <VisibleText text={alert.name} />
              </Link>
              <div className="soft small">{describeRule(alert)}</div>
            </td>
            <td>
              <AlertState alert={alert} />
            </td>
            <td data-label={t('alerts.seen')}>
              {alert.observedAt === null ? '–' : describeSeen(alert.condition, alert.observed)}
            </td>
            <td>
              {t(`alerts.target.${alert.target.kind}`)}
              <div className="soft small">
                <VisibleText text={describeTarget(alert.target)} />
              </div>
            </td>
            <td data-label={t('alerts.notified')}>
              {alert.notifiedAt === null ? '–' : <Time at={alert.notifiedAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
