import type { ApplicationOut, AppPortalAccessOut, ExpungeAllContentsOut } from '@posthorn/contracts'
import { Button, Copyable, Dialog, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TimeAndUtc } from '../../../components/time.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { ApplicationDialog } from './application-dialog.tsx'
import { ApplicationEndpoints } from './application-endpoints.tsx'
import { ApplicationNote } from './application-note.tsx'
import { ApplicationRetention } from './application-retention.tsx'
import { ApplicationTheme } from './application-theme.tsx'
import { ApplicationUsage } from './application-usage.tsx'
import { PortalSessions } from './portal-sessions.tsx'
import { TypedDialog } from './typed-dialog.tsx'

export function ApplicationScreen({ id }: { readonly id: string }) {
  const transport = useTransport()
  const maySeeSessions = useMayAs('support')
  const query = useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) =>
      transport.json<ApplicationOut>({ path: `/app/${encodeURIComponent(id)}`, signal }),
  })
  return (
    <div className="stack">
      <p>
        <Link to="/applications">{t('applications.title')}</Link>
      </p>
      {query.data === undefined && <h1 className="visually-hidden">{t('messages.application')}</h1>}
      <QueryView query={query}>
        {(application) => (
          <>
            <Head application={application} />
            <Facts application={application} />
            <ApplicationTheme application={application} />
            <Messages appId={application.id} />
            <ApplicationUsage appId={application.id} />
            <ApplicationEndpoints appId={application.id} />
            <ApplicationRetention appId={application.id} />
            <ApplicationNote appId={application.id} />
            {maySeeSessions && <PortalSessions appId={application.id} />}
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly application: ApplicationOut
}

type Open = 'edit' | 'portal' | 'delete' | 'expunge' | 'sessions' | null

function Head({ application }: PartProps) {
  const isAdmin = useMayAs('admin')
  const isSupport = useMayAs('support')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <div className="row row-between">
      <h1>
        <VisibleText text={application.name} />
      </h1>
      <div className="row">
        {isSupport && (
          <>
            <Link className="button" to={`/recover?application=${application.id}`}>
              {t('recover.open')}
            </Link>
            <Link className="button" to={`/test-receiver/${application.id}`}>
              {t('testReceiver.title')}
            </Link>
            <Button onClick={() => setOpen('portal')}>{t('applications.portal')}</Button>
          </>
        )}
        {isAdmin && (
          <>
            <Button onClick={() => setOpen('edit')}>{t('applications.edit')}</Button>
            <Button onClick={() => setOpen('sessions')}>{t('applications.endSessions')}</Button>
            <Button kind="danger" onClick={() => setOpen('expunge')}>
              {t('applications.expunge')}
            </Button>
            <Button kind="danger" onClick={() => setOpen('delete')}>
              {t('applications.delete')}
            </Button>
          </>
        )}
      </div>
      {open === 'edit' && <ApplicationDialog application={application} onClose={close} />}
      {open === 'portal' && <PortalDialog application={application} onClose={close} />}
      {open === 'expunge' && <ExpungeDialog application={application} onClose={close} />}
      {open === 'delete' && <DeleteDialog application={application} onClose={close} />}
      {open === 'sessions' && <EndSessionsDialog application={application} onClose={close} />}
    </div>
  )
}

interface DialogProps extends PartProps {
  readonly onClose: () => void
}

/** The link is made first and opened by hand: a window that opens by itself would be blocked. */
function PortalDialog({ application, onClose }: DialogProps) {
  const transport = useTransport()
  const isAdmin = useMayAs('admin')
  const [canManage, setCanManage] = useState(false)
  const open = useMutation({
    mutationFn: () =>
      transport.json<AppPortalAccessOut>({
        method: 'POST',
        path: `/staff/portal-access/${application.id}`,
        body: { canManage },
      }),
  })
  return (
    <Dialog title={t('applications.portal')} onClose={onClose}>
      <p>{t('applications.portal.text')}</p>
      {isAdmin && open.data === undefined && (
        <label className="choice">
          <input
            type="checkbox"
            checked={canManage}
            onChange={({ target }) => setCanManage(target.checked)}
          />
          {t('applications.portal.manage')}
        </label>
      )}
      <FormError error={open.error} />
      <div className="row">
        {open.data === undefined ? (
          <Button kind="primary" disabled={open.isPending} onClick={() => open.mutate()}>
            {t('applications.portal.make')}
          </Button>
        ) : (
          <a
            className="button"
            data-kind="primary"
            href={open.data.url}
            target="_blank"
            rel="noreferrer"
          >
            {t('applications.portal.open')}
          </a>
        )}
        <Button onClick={onClose}>{t('action.close')}</Button>
      </div>
    </Dialog>
  )
}

function EndSessionsDialog({ application, onClose }: DialogProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const end = async () => {
    const path = `/auth/app/${application.id}/expire-all`
    await transport.json({ method: 'POST', path, body: {} })
    await queries.invalidateQueries({ queryKey: ['portal-sessions', application.id] })
    toast(t('applications.sessionsEnded'))
  }
  return (
    <ConfirmDialog
      title={t('applications.endSessions')}
      action={t('applications.endSessions')}
      onConfirm={end}
      onClose={onClose}
    >
      <p>{t('applications.endSessions.text')}</p>
    </ConfirmDialog>
  )
}

function DeleteDialog({ application, onClose }: DialogProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const { id, name } = application
  const remove = async () => {
    await transport.json({ method: 'DELETE', path: `/app/${id}` })
    await queries.invalidateQueries({ queryKey: ['/support/application'] })
    await queries.invalidateQueries({ queryKey: ['/app'] })
    navigate('/applications')
  }
  return (
    <TypedDialog
      title={t('applications.delete')}
      text={t('applications.delete.text', { name })}
      name={name}
      onConfirm={remove}
      onClose={onClose}
    />
  )
}

/** A task, whose page it leads to: of many messages it takes its time. */
function ExpungeDialog({ application, onClose }: DialogProps) {
  const transport = useTransport()
  const { id, name } = application
  const expunge = async () => {
    const path = `/app/${id}/msg/expunge-all-contents`
    const task = await transport.json<ExpungeAllContentsOut>({ method: 'POST', path })
    navigate(`/tasks/${task.id}`)
  }
  return (
    <TypedDialog
      title={t('applications.expunge')}
      text={t('applications.expunge.text', { name })}
      name={name}
      onConfirm={expunge}
      onClose={onClose}
    />
  )
}

function Facts({ application }: PartProps) {
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('applications.id')}</dt>
        <dd>
          <Copyable what={t('applications.id')} text={application.id} />
        </dd>
        <dt>{t('applications.uid')}</dt>
        <dd>
          {application.uid == null ? (
            '–'
          ) : (
            <Copyable what={t('applications.uid')} text={application.uid} />
          )}
        </dd>
        <dt>{t('applications.rate')}</dt>
        <dd>{application.throttleRate ?? '–'}</dd>
        <dt>{t('applications.created')}</dt>
        <dd>
          <TimeAndUtc at={application.createdAt} />
        </dd>
        <dt>{t('applications.metadata')}</dt>
        <dd className="mono">
          <VisibleText text={JSON.stringify(application.metadata)} />
        </dd>
      </dl>
    </section>
  )
}

function Messages({ appId }: { readonly appId: string }) {
  return (
    <p className="row">
      <Link to={`/messages?app=${appId}`}>{t('applications.messages')}</Link>
      <Link to={`/messages?app=${appId}&status=failed`}>{t('applications.failedMessages')}</Link>
    </p>
  )
}
