import type { AlertOut } from '@posthorn/contracts'
import { Badge, FullTime, Time, useNow } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'

export function AlertState({ alert }: { readonly alert: AlertOut }) {
  const nowMs = useNow(5_000)
  const { firingSince, mutedUntil } = alert
  const isMuted = mutedUntil !== null && Date.parse(mutedUntil) > nowMs
  return (
    <span className="row">
      {firingSince === null ? (
        <Quiet isSeen={alert.observedAt !== null} />
      ) : (
        <Badge tone="bad">
          {t('alerts.firing')} <Time at={firingSince} />
        </Badge>
      )}
      {isMuted && (
        <Badge tone="idle">
          {t('alerts.mutedUntil')} <FullTime at={mutedUntil} />
        </Badge>
      )}
    </span>
  )
}

/** Nothing is well before somebody looked. */
function Quiet({ isSeen }: { readonly isSeen: boolean }) {
  if (!isSeen) return <Badge tone="idle">{t('alerts.seen.notYet')}</Badge>
  return <Badge tone="good">{t('alerts.ok')}</Badge>
}
