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
      <p className="soft">
        {me.email} · <span className="mono">{me.id}</span>
      </p>
      <SecondFactorCard />
      {me.hasPassword && <PasswordCard />}
      <SessionsCard />
      <p className="small soft">{t('profile.recovery')}</p>
    </div>
  )
}
