import type { StaffUserOut } from '@posthorn/contracts'
import { Badge, Button, Menu, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MoreButton } from '../../../components/more-button.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { useNewDialog } from '../../../lib/router.tsx'
import { useSession, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RolePicker } from './role-picker.tsx'

export function UsersScreen() {
  const query = usePages<StaffUserOut>('/staff/user')
  const [isInviting, setIsInviting] = useNewDialog()
  return (
    <div className="stack">
      <ScreenHeader title={t('users.title')}>
        <Button kind="primary" onClick={() => setIsInviting(true)}>
          {t('users.invite')}
        </Button>
      </ScreenHeader>
      <QueryView query={query}>
        {(users) => (
          <div className="card card-flush">
            <UserTable users={users} />
          </div>
        )}
      </QueryView>
      <MoreButton query={query} />
      <Invitations />
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </div>
  )
}

function UserTable({ users }: { readonly users: readonly StaffUserOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('users.role')}</th>
          <th>{t('totp.title')}</th>
          <th>{t('users.lastSignIn')}</th>
          <th>
            <span className="visually-hidden">{t('list.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
      </tbody>
    </table>
  )
}

function UserRow({ user }: { readonly user: StaffUserOut }) {
  const { me } = useSession()
  const change = useChange(user.id)
  const isDisabled = user.disabledAt !== null
  return (
    <tr>
      <td>
        <strong>
          <VisibleText text={user.name} />
        </strong>{' '}
        {user.id === me.id && <Badge tone="idle">{t('users.you')}</Badge>}
        {isDisabled && <Badge tone="bad">{t('users.disabled')}</Badge>}
        <div className="soft small">
          <VisibleText text={user.email} />
        </div>
      </td>
      <td>
        <RolePicker
          label={t('users.role.of', { name: user.name })}
          value={user.role}
          onChange={(role) => change.mutate({ role })}
        />
      </td>
      <td>
        <Badge tone={user.hasTotp ? 'good' : 'warn'}>
          {t(user.hasTotp ? 'totp.on' : 'totp.off')}
        </Badge>
      </td>
      <td data-label={t('users.lastSignIn')}>
        {user.lastSignInAt === null ? '–' : <Time at={user.lastSignInAt} />}
      </td>
      <td className="cell-actions">
        <Menu label={t('users.actions', { name: user.name })} isArrow>
          <Button onClick={() => change.mutate({ disabled: !isDisabled })}>
            {t(isDisabled ? 'users.enable' : 'users.disable')}
          </Button>
        </Menu>
      </td>
    </tr>
  )
}

function useChange(userId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { role?: string; disabled?: boolean }) =>
      transport.json({ method: 'PATCH', path: `/staff/user/${userId}`, body }),
    onSuccess: () => toast(t('users.changed')),
    onError: (err) => toast(describeError(err)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/staff/user'] }),
  })
}
