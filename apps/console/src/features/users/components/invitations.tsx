import type { StaffInvitationsOut } from '@posthorn/contracts'
import { Button, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LimitNames } from '../../../components/limit-names.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { roleName } from '../../../lib/role-name.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** Those that nobody has accepted yet; nothing where there are none. */
export function Invitations() {
  const transport = useTransport()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) =>
      transport.json<StaffInvitationsOut>({ path: '/staff/invitation', signal }),
  })
  const withdraw = useMutation({
    mutationFn: (id: string) =>
      transport.json({ method: 'DELETE', path: `/staff/invitation/${id}` }),
    onError: (err) => toast(describeError(err)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  })
  const { data } = query
  if (data === undefined && query.error !== null)
    return <QueryView query={query}>{() => null}</QueryView>
  if (data === undefined || data.data.length === 0) return null
  return (
    <section className="card stack">
      <h2>{t('users.invitations')}</h2>
      {data.data.map((invitation) => (
        <div className="row row-between" key={invitation.id}>
          <span>
            <VisibleText text={invitation.email} /> · {roleName(invitation.role)} ·{' '}
            {invitation.applications !== null && (
              <>
                {t('limit.only')} <LimitNames applications={invitation.applications} /> ·{' '}
              </>
            )}
            {t('users.invitation.ends')} <Time at={invitation.expiresAt} />
          </span>
          <Button
            size="small"
            aria-label={t('users.withdraw.label', { email: invitation.email })}
            onClick={() => withdraw.mutate(invitation.id)}
          >
            {t('users.withdraw')}
          </Button>
        </div>
      ))}
    </section>
  )
}
