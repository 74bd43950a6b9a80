import type { EndpointOut } from '@posthorn/contracts'
import {
  Button,
  Cause,
  formatNumber,
  FullTime,
  healthText,
  Notice,
  Skeleton,
  Time,
} from '@posthorn/ui'
import { useState } from 'react'
import { useMay } from '../../../lib/client.tsx'
import { hasText, t } from '../../../lib/text.ts'
import { useFailures } from '../api/use-failures.ts'
import { ReplayDialog } from './replay-dialog.tsx'

/** What is wrong, why, since when, what we do about it, and what the receiver's owner may do. */
export function StateNotice({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [isAsked, setIsAsked] = useState(false)
  return (
    <>
      <Standing endpoint={endpoint} onRecover={() => setIsAsked(true)} />
      {/* Outlives the notice: what it sends first may make the endpoint healthy. */}
      {isAsked && (
        <ReplayDialog kind="recover" endpoint={endpoint} onClose={() => setIsAsked(false)} />
      )}
    </>
  )
}

interface StandingProps {
  readonly endpoint: EndpointOut
  readonly onRecover: () => void
}

function Standing({ endpoint, onRecover }: StandingProps) {
  const { health, failingSince, disabledAt, disabledBy } = endpoint.state
  if (health === 'healthy' || health === 'new') return null
  const isFailing = health === 'failing' || health === 'disabled_soon'
  // Only a share of the day is left of the trouble: nobody need mend what was mended.
  const isOver = health === 'failing' && failingSince === null
  const text = isOver ? 'health.failing.over' : (`health.${health}.text` as const)
  return (
    <Notice tone={isFailing && !isOver ? 'bad' : 'warn'} title={healthText(health)}>
      <p>{t(text, { by: disabledByText(disabledBy) })}</p>
      {isFailing && <CommonCause endpointId={endpoint.id} />}
      <Since at={health === 'disabled' ? disabledAt : failingSince} />
      {health !== 'disabled' && <Held state={endpoint.state} />}
      {isFailing && <RecoverButton onRecover={onRecover} />}
    </Notice>
  )
}

function Since({ at }: { readonly at: string | null }) {
  if (at === null) return null
  return (
    <p className="small">
      {t('health.since')} <FullTime at={at} />
    </p>
  )
}

function Held({ state: { heldUntil, waiting } }: Pick<EndpointOut, 'state'>) {
  if (heldUntil === null) return null
  return (
    <p className="small">
      {t('health.heldUntil', { n: formatNumber(waiting) })} <Time at={heldUntil} />
    </p>
  )
}

function disabledByText(by: string | null): string {
  const kind = by?.split(':')[0] ?? 'unknown'
  const key = `disabledBy.${kind}`
  return hasText(key) ? t(key) : t('disabledBy.unknown')
}

/** What most of the newest attempts came to. */
function CommonCause({ endpointId }: { readonly endpointId: string }) {
  const { data, isPending } = useFailures(endpointId)
  if (isPending) return <Skeleton label={t('state.loading')} rows={2} />
  if (data === undefined || data.newest === null) return null
  const { newest, alike, attempts } = data
  return (
    <div>
      <p className="small soft">
        {t('health.cause', { n: formatNumber(alike), of: formatNumber(attempts) })}
      </p>
      <Cause attempt={newest} />
    </div>
  )
}

function RecoverButton({ onRecover }: Pick<StandingProps, 'onRecover'>) {
  if (!useMay('CreateAttempts')) return null
  return (
    <div>
      <Button onClick={onRecover}>{t('health.recover')}</Button>
    </div>
  )
}
