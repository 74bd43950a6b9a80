import { Copyable } from '@posthorn/ui'
import { useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { PasswordCard } from './password-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

export function ProfileScreen() {
  const { me } = useSession()
  return (
    <div className="stack">
      <h1>{me.name}</h1>
      <div className="row soft">
        {me.email} · <Copyable what={t('profile.id')} text={me.id} />
      </div>
      <SecondFactorCard />
      {me.hasPassword && <PasswordCard />}
      <SessionsCard />
      <p className="small soft">{t('profile.recovery')}</p>
    </div>
  )
}
