import type { StaffUserOut } from '@posthorn/contracts'
import { Badge, Button, Menu, toast, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { LimitNames } from '../../../components/limit-names.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { useNewDialog } from '../../../lib/router.tsx'
import { useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { isLimitable } from '../limitable.ts'
import { type UserChange, useChangeUser } from '../use-change-user.ts'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LimitDialog } from './limit-dialog.tsx'
import { RolePicker } from './role-picker.tsx'

export function UsersScreen() {
  const query = usePages<StaffUserOut>('/staff/user')
  const [isInviting, setIsInviting] = useNewDialog()
  const [limiting, setLimiting] = useState<StaffUserOut | null>(null)
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
            <UserTable users={users} onLimit={setLimiting} />
          </div>
        )}
      </QueryView>
      <MoreButton query={query} />
      <Invitations />
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
      {limiting !== null && <LimitDialog user={limiting} onClose={() => setLimiting(null)} />}
    </div>
  )
}

interface UserTableProps {
  readonly users: readonly StaffUserOut[]
  readonly onLimit: (user: StaffUserOut) => void
}

function UserTable({ users, onLimit }: UserTableProps) {
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
          <UserRow key={user.id} user={user} onLimit={() => onLimit(user)} />
        ))}
      </tbody>
    </table>
  )
}

interface UserRowProps {
  readonly user: StaffUserOut
  readonly onLimit: () => void
}

function UserRow({ user, onLimit }: UserRowProps) {
  const change = useChangeUser(user.id)
  const apply = (body: UserChange) =>
    change.mutate(body, { onError: (err) => toast(describeError(err)) })
  return (
    <tr>
      <td>
        <UserName user={user} />
      </td>
      <td>
        <RolePicker
          label={t('users.role.of', { name: user.name })}
          value={user.role}
          onChange={(role) => apply({ role })}
        />
        {user.applications !== null && (
          <div className="small soft">
            {t('limit.only')} <LimitNames applications={user.applications} />
          </div>
        )}
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
        <UserActions user={user} apply={apply} onLimit={onLimit} />
      </td>
    </tr>
  )
}

function UserName({ user }: { readonly user: StaffUserOut }) {
  const { me } = useSession()
  return (
    <>
      <strong>
        <VisibleText text={user.name} />
      </strong>{' '}
      {user.id === me.id && <Badge tone="idle">{t('users.you')}</Badge>}
      {user.disabledAt !== null && <Badge tone="bad">{t('users.disabled')}</Badge>}
      <div className="soft small">
        <VisibleText text={user.email} />
      </div>
    </>
  )
}

interface UserActionsProps extends UserRowProps {
  readonly apply: (change: UserChange) => void
}

function UserActions({ user, apply, onLimit }: UserActionsProps) {
  const isDisabled = user.disabledAt !== null
  return (
    <Menu label={t('users.actions', { name: user.name })} isArrow>
      {isLimitable(user.role) && <Button onClick={onLimit}>{t('limit.edit')}</Button>}
      <Button onClick={() => apply({ disabled: !isDisabled })}>
        {t(isDisabled ? 'users.enable' : 'users.disable')}
      </Button>
    </Menu>
  )
}
