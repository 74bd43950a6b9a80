import type { PortalSessionList, PortalSessionOut } from '@posthorn/contracts'
import { Badge, Button, Copyable, doneByText, Empty, toast } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { FullTime, Time } from '../../../components/time.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

const sessionsKey = (appId: string) => ['portal-sessions', appId]

/** Who may use the customer's portal, and until when; each can be ended alone. */
export function PortalSessions({ appId }: { readonly appId: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: sessionsKey(appId),
    queryFn: ({ signal }) =>
      transport.json<PortalSessionList>({ path: `/app/${appId}/portal-session`, signal }),
  })
  return (
    <section className="stack stack-small" aria-labelledby="portal-sessions">
      <h2 id="portal-sessions">{t('sessions.title')}</h2>
      <p className="small soft">{t('sessions.text')}</p>
      <QueryView query={query}>
        {({ data }) => (
          <div className="card card-flush">
            {data.length === 0 ? (
              <Empty title={t('sessions.empty')} />
            ) : (
              <Table appId={appId} sessions={data} />
            )}
          </div>
        )}
      </QueryView>
    </section>
  )
}

interface TableProps {
  readonly appId: string
  readonly sessions: readonly PortalSessionOut[]
}

function Table({ appId, sessions }: TableProps) {
  const mayEnd = useMayAs('admin')
  return (
    <table className="table" aria-labelledby="portal-sessions">
      <thead>
        <tr>
          <th>{t('sessions.session')}</th>
          <th>{t('sessions.may')}</th>
          <th>{t('sessions.opened')}</th>
          <th>{t('sessions.ends')}</th>
          {mayEnd && (
            <th>
              <span className="visually-hidden">{t('sessions.end')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.sessionId}>
            <td>
              <Copyable what={session.sessionId} text={session.sessionId} />
            </td>
            <td data-label={t('sessions.may')} className="small">
              {mayText(session)}
            </td>
            <td data-label={t('sessions.opened')}>
              <Time at={session.lastOpenedAt} />
              {session.by !== null && <div className="small soft">{doneByText(session.by)}</div>}
            </td>
            <td data-label={t('sessions.ends')}>
              {session.isOver ? (
                <Badge tone="idle">{t('sessions.over')}</Badge>
              ) : (
                <FullTime at={session.expiresAt} />
              )}
            </td>
            {mayEnd && (
              <td className="cell-actions">
                {!session.isOver && <End appId={appId} sessionId={session.sessionId} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function mayText({ capabilities }: PortalSessionOut): string {
  const isReadOnly = capabilities.length === 1 && capabilities[0] === 'ViewBase'
  return isReadOnly ? t('sessions.readOnly') : capabilities.join(', ')
}

function End({ appId, sessionId }: { readonly appId: string; readonly sessionId: string }) {
  const transport = useTransport()
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () =>
      transport.json({
        method: 'POST',
        path: `/auth/app/${appId}/expire-all`,
        body: { sessionIds: [sessionId] },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionsKey(appId) })
      toast(t('sessions.ended'))
    },
    onError: (err) => toast(describeError(err)),
  })
  return (
    <Button
      size="small"
      aria-label={t('sessions.end.of', { id: sessionId })}
      disabled={end.isPending}
      onClick={() => end.mutate()}
    >
      {t('sessions.end')}
    </Button>
  )
}
