import type { EndpointOut } from '@posthorn/contracts'
import {
  Button,
  cappedCount,
  Cause,
  formatNumber,
  FullTime,
  healthText,
  Notice,
  type Probe,
  Skeleton,
  Time,
  useProbe,
} from '@posthorn/ui'
import { useState } from 'react'
import { EgressAddresses } from '../../../components/egress-addresses.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { hasText, t } from '../../../lib/text.ts'
import { useFailures } from '../api/use-failures.ts'
import { ReplayDialog } from './lazy-dialogs.ts'
import { ProbeNow } from './probe-now.ts'

/** What is wrong, why, since when, what we do about it, and what the receiver's owner may do. */
export function StateNotice({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [isAsked, setIsAsked] = useState(false)
  const probe = useProbe(useClient(), endpoint.id)
  const { health } = endpoint.state
  const isWell = health === 'healthy' || health === 'new'
  return (
    <>
      <Standing {...{ endpoint, probe }} onRecover={() => setIsAsked(true)} />
      {/* Outlives the notice: what it came to may have made the endpoint healthy. */}
      {isWell && probe.attempt !== null && (
        <Notice tone="good">
          <ProbeNow probe={probe} isOffered={false} see={seeMessage} />
        </Notice>
      )}
      {/* And so may what this sends first. */}
      {isAsked && (
        <ReplayDialog kind="recover" endpoint={endpoint} onClose={() => setIsAsked(false)} />
      )}
    </>
  )
}

interface StandingProps {
  readonly endpoint: EndpointOut
  readonly probe: Probe
  readonly onRecover: () => void
}

function Standing({ endpoint, probe, onRecover }: StandingProps) {
  const { health, failingSince, disabledAt, disabledBy } = endpoint.state
  if (health === 'healthy' || health === 'new') return null
  const isFailing = health === 'failing' || health === 'disabled_soon'
  // Only a share of the day is left of the trouble.
  const isOver = health === 'failing' && failingSince === null
  const text = isOver ? 'health.failing.over' : (`health.${health}.text` as const)
  return (
    <Notice tone={isFailing && !isOver ? 'bad' : 'warn'} title={healthText(health)}>
      <p>{t(text, { by: disabledByText(disabledBy) })}</p>
      {isFailing && <CommonCause endpointId={endpoint.id} />}
      <Since at={health === 'disabled' ? disabledAt : failingSince} />
      {health !== 'disabled' && <Waiting {...{ endpoint, probe }} />}
      {isFailing && <RecoverButton onRecover={onRecover} />}
    </Notice>
  )
}

/** What waits, what ends that, and what happens should nothing. */
function Waiting({ endpoint, probe }: Pick<StandingProps, 'endpoint' | 'probe'>) {
  const { disablesAt } = endpoint.state
  return (
    <>
      <Held endpoint={endpoint} />
      {disablesAt !== null && (
        <p className="small">
          {t('health.disables')} <FullTime at={disablesAt} />
        </p>
      )}
      <Probing {...{ endpoint, probe }} />
    </>
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

/** What we do about it: what waits, for what, and until when as far as that is known. */
function Held({ endpoint: { state } }: Pick<StandingProps, 'endpoint'>) {
  const n = cappedCount(state.waiting, state.waitingCapped)
  if (state.heldUntil !== null)
    return (
      <p className="small">
        {t('health.retryAfter', { n })} <Time at={state.heldUntil} />
      </p>
    )
  if (state.breakerOpenedAt === null || state.waiting === 0) return null
  return (
    <p className="small">
      {t('health.probed', { n })}
      {state.nextProbeAt !== null && (
        <>
          {' '}
          {t('health.probed.next')} <Time at={state.nextProbeAt} />
        </>
      )}
    </p>
  )
}

function Probing({ endpoint: { state }, probe }: Pick<StandingProps, 'endpoint' | 'probe'>) {
  const mayAttempt = useMay('CreateAttempts')
  const isProbed = state.breakerOpenedAt !== null && state.heldUntil === null
  return (
    <ProbeNow
      probe={probe}
      isOffered={mayAttempt && isProbed && state.waiting > 0}
      see={seeMessage}
    />
  )
}

function seeMessage(messageId: string, text: string) {
  return (
    <Link className="small" to={`/messages/${messageId}`}>
      {text}
    </Link>
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
      <p className="small soft">{t('health.cause', { n: formatNumber(alike), of: attempts })}</p>
      <Cause attempt={newest} />
      <p className="small">
        {t('health.newest')}{' '}
        <Link className="mono" to={`/messages/${newest.msgId}?attempt=${newest.id}`}>
          {newest.msgId}
        </Link>
      </p>
      <EgressAddresses code={newest.outcome.code} />
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
