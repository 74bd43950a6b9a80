import type { AlertOut } from '@posthorn/contracts'
import { Button, Copyable, formatSpan, FullTime, VisibleText } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { SecretReveal } from '../../../components/secret-reveal.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { describeRule, describeSeen, describeTarget } from '../alert-words.ts'
import { ALERTS, pathOf, useAlert } from '../use-alerts.ts'
import { AlertDialog } from './alert-dialog.tsx'
import { AlertState } from './alert-state.tsx'
import { MuteButton } from './mute-button.tsx'
import { Notifications } from './notifications.tsx'

export function AlertScreen({ id }: { readonly id: string }) {
  const query = useAlert(id)
  const isAdmin = useMayAs('admin')
  return (
    <div className="stack">
      <p>
        <Link to="/alerts">{t('alerts.title')}</Link>
      </p>
      {query.data === undefined && <h1 className="visually-hidden">{t('alerts.title')}</h1>}
      <QueryView query={query}>
        {(alert) => (
          <>
            <Head alert={alert} />
            <Facts alert={alert} />
            <Notifications alertId={alert.id} condition={alert.condition} />
            {isAdmin && alert.target.kind === 'webhook' && (
              <SecretReveal
                title={t('secret.title')}
                path={`${pathOf(alert.id)}/secret`}
                hint={t('alerts.secret.hint')}
              />
            )}
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly alert: AlertOut
}

function Head({ alert }: PartProps) {
  const isAdmin = useMayAs('admin')
  const isSupport = useMayAs('support')
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="row row-between">
      <h1>
        <VisibleText text={alert.name} />
      </h1>
      <div className="row">
        {isSupport && <MuteButton alert={alert} />}
        {isAdmin && (
          <>
            <Button onClick={() => setOpen('edit')}>{t('alerts.edit')}</Button>
            <Button kind="danger" onClick={() => setOpen('delete')}>
              {t('alerts.delete')}
            </Button>
          </>
        )}
      </div>
      {open === 'edit' && <AlertDialog alert={alert} onClose={close} />}
      {open === 'delete' && <DeleteDialog alert={alert} onClose={close} />}
    </div>
  )
}

function DeleteDialog({ alert, onClose }: PartProps & { readonly onClose: () => void }) {
  const transport = useTransport()
  const queries = useQueryClient()
  const remove = async () => {
    await transport.json({ method: 'DELETE', path: pathOf(alert.id) })
    navigate('/alerts')
    await queries.invalidateQueries({ queryKey: ALERTS, exact: true })
  }
  return (
    <ConfirmDialog
      title={t('alerts.delete')}
      action={t('alerts.delete')}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('alerts.delete.text', { name: alert.name })}</p>
    </ConfirmDialog>
  )
}

function Facts({ alert }: PartProps) {
  const { observedAt, reminderSeconds } = alert
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('alerts.state')}</dt>
        <dd>
          <AlertState alert={alert} />
        </dd>
        <dt>{t('alerts.fires')}</dt>
        <dd>{describeRule(alert)}</dd>
        <dt>{t('alerts.seen')}</dt>
        <dd>
          {observedAt === null ? (
            t('alerts.seen.notYet')
          ) : (
            <>
              {describeSeen(alert.condition, alert.observed)} (<FullTime at={observedAt} />)
            </>
          )}
        </dd>
        <dt>{t(`alerts.target.${alert.target.kind}`)}</dt>
        <dd>
          <Copyable
            what={t(`alerts.target.${alert.target.kind}`)}
            text={describeTarget(alert.target)}
          />
        </dd>
        <dt>{t('alerts.reminder')}</dt>
        <dd>
          {reminderSeconds === null ? t('alerts.reminder.none') : formatSpan(reminderSeconds)}
        </dd>
        <dt>{t('alerts.id')}</dt>
        <dd>
          <Copyable what={t('alerts.id')} text={alert.id} />
        </dd>
      </dl>
    </section>
  )
}
