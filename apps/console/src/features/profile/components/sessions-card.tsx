import type { StaffSessionOut, StaffSessionsOut } from '@posthorn/contracts'
import { Badge, Button, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { ownTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export function SessionsCard() {
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) =>
      ownTransport.json<StaffSessionsOut>({ path: '/staff/me/session', signal }),
  })
  const endOthers = useEnd()
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('profile.sessions')}</h2>
        <Button
          size="small"
          disabled={endOthers.isPending}
          onClick={() => endOthers.mutate({ method: 'POST', path: '/end-others' })}
        >
          {t('sessions.endOthers')}
        </Button>
      </div>
      <QueryView query={query}>{({ data }) => <SessionTable sessions={data} />}</QueryView>
    </section>
  )
}

function useEnd() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path }: { method: 'POST' | 'DELETE'; path: string }) =>
      ownTransport.json({ method, path: `/staff/me/session${path}` }),
    onSuccess: () => {
      toast(t('sessions.ended'))
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (err) => toast(describeError(err)),
  })
}

function SessionTable({ sessions }: { readonly sessions: readonly StaffSessionOut[] }) {
  const end = useEnd()
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('sessions.browser')}</th>
          <th>{t('sessions.address')}</th>
          <th>{t('sessions.since')}</th>
          <th>{t('sessions.lastUsed')}</th>
          <th>
            <span className="visually-hidden">{t('list.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td>
              <VisibleText text={session.userAgent} />
            </td>
            <td className="mono">{session.address}</td>
            <td>
              <Time at={session.createdAt} />
            </td>
            <td>
              <Time at={session.lastUsedAt} />
            </td>
            <td className="cell-actions">
              {session.isCurrent ? (
                <Badge tone="good">{t('sessions.current')}</Badge>
              ) : (
                <Button
                  size="small"
                  aria-label={t('sessions.end.label', { address: session.address })}
                  onClick={() => end.mutate({ method: 'DELETE', path: `/${session.id}` })}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
