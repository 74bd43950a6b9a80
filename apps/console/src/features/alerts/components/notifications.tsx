import type { AlertNotificationOut, AlertOut } from '@posthorn/contracts'
import { Badge, Button, Empty, Notice, Time, type Tone, VisibleText } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { describeSeen } from '../alert-words.ts'
import { ALERTS, pathOf, useAlertNotifications } from '../use-alerts.ts'

interface NotificationsProps {
  readonly alertId: string
  readonly condition: AlertOut['condition']
}

const SHOWN = 20
const SHOWN_AT_MOST = 240

/** What the target was told, and a test whose outcome appears here. */
export function Notifications({ alertId, condition }: NotificationsProps) {
  const [limit, setLimit] = useState(SHOWN)
  const query = useAlertNotifications(alertId, limit)
  const isSupport = useMayAs('support')
  const test = useTest(alertId)
  const tested = query.data?.data.find(({ id }) => id === test.data?.id) ?? test.data
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('alerts.told')}</h2>
        {isSupport && (
          <Button
            disabled={test.isPending || tested?.status === 'pending'}
            onClick={() => test.mutate()}
          >
            {t('alerts.test')}
          </Button>
        )}
      </div>
      <div role="status" className={tested === undefined ? 'visually-hidden' : 'stack'}>
        {tested !== undefined && <TestOutcome notification={tested} />}
      </div>
      <FormError error={test.error} />
      <QueryView query={query}>
        {({ data, done }) => (
          <>
            {data.length === 0 ? (
              <Empty title={t('alerts.told.empty')} />
            ) : (
              <NotificationTable notifications={data} condition={condition} />
            )}
            {!done && limit < SHOWN_AT_MOST && (
              <Button onClick={() => setLimit(SHOWN_AT_MOST)}>{t('list.more')}</Button>
            )}
          </>
        )}
      </QueryView>
    </section>
  )
}

function useTest(alertId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      transport.json<AlertNotificationOut>({ method: 'POST', path: `${pathOf(alertId)}/test` }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...ALERTS, alertId] }),
  })
}

const TONES: Readonly<Record<AlertNotificationOut['status'], Tone>> = {
  pending: 'idle',
  sent: 'good',
  failed: 'bad',
}

function TestOutcome({ notification: { status, error } }: RowProps) {
  return (
    <Notice tone={TONES[status]} title={t(`alerts.tested.${status}`)}>
      {error !== null && (
        <p>
          <VisibleText text={error} />
        </p>
      )}
    </Notice>
  )
}

interface RowProps {
  readonly notification: AlertNotificationOut
}

interface TableProps {
  readonly notifications: readonly AlertNotificationOut[]
  readonly condition: AlertOut['condition']
}

function NotificationTable({ notifications, condition }: TableProps) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('alerts.told.when')}</th>
          <th>{t('alerts.told.kind')}</th>
          <th>{t('alerts.told.status')}</th>
          <th>{t('alerts.told.seen')}</th>
          <th>{t('alerts.told.attempts')}</th>
          <th>{t('alerts.told.error')}</th>
        </tr>
      </thead>
      <tbody>
        {notifications.map((notification) => (
          <tr key={notification.id}>
            <td>
              <Time at={notification.createdAt} />
            </td>
            <td>{t(`alerts.kind.${notification.kind}`)}</td>
            <td>
              <Badge tone={TONES[notification.status]}>
                {t(`alerts.status.${notification.status}`)}
              </Badge>
            </td>
            <td>{describeSeen(condition, notification.observed)}</td>
            <td>{notification.attempts}</td>
            <td>
              <Trouble notification={notification} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Trouble({ notification: { error, status, nextAttemptAt } }: RowProps) {
  if (error === null) return '–'
  return (
    <>
      <VisibleText text={error} />
      {status === 'pending' && nextAttemptAt !== null && (
        <div className="soft small">
          {t('alerts.told.again')} <Time at={nextAttemptAt} />
        </div>
      )}
    </>
  )
}
