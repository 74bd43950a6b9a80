import { ApiError } from '@posthorn/client'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Empty, Notice } from './notice.tsx'
import type { Translate } from './texts.ts'
import { useNow } from './use-now.ts'

export type FaultKind = 'offline' | 'limited' | 'forbidden' | 'notFound' | 'failed'

export type FaultText =
  | `state.${FaultKind}.${'title' | 'text'}`
  | 'state.limited.wait'
  | 'state.requestId'
  | 'state.retry'
  | 'state.stale'

export interface FaultProps {
  readonly error: Error | null
  readonly t: Translate<FaultText>
  readonly onRetry: () => unknown
  /** What was read before is still shown below. */
  readonly isStale?: boolean
}

/** Why something isn't there, and what can be done about it. */
export function Fault({ error, t, onRetry, isStale = false }: FaultProps) {
  const apiError = error instanceof ApiError ? error : null
  const kind = faultKindOf(apiError)
  if (kind === 'notFound' || kind === 'forbidden')
    return (
      <Empty title={t(`state.${kind}.title`)}>
        <p>{t(`state.${kind}.text`)}</p>
      </Empty>
    )
  return (
    <Notice tone="bad" isAlert title={t(`state.${kind}.title`)}>
      <p>{isStale ? t('state.stale') : t(`state.${kind}.text`)}</p>
      {apiError?.requestId != null && (
        <p className="small soft">{t('state.requestId', { id: apiError.requestId })}</p>
      )}
      {kind === 'limited' && (
        <Countdown seconds={apiError?.retryAfterSeconds ?? 1} t={t} onEnd={onRetry} />
      )}
      <Button onClick={() => void onRetry()}>{t('state.retry')}</Button>
    </Notice>
  )
}

interface CountdownProps {
  readonly seconds: number
  readonly t: Translate<FaultText>
  readonly onEnd: () => unknown
}

/** Counts down what the api asked us to wait, then asks again. */
function Countdown({ seconds, t, onEnd }: CountdownProps) {
  const [endsAtMs] = useState(() => Date.now() + seconds * 1000)
  const left = Math.max(0, Math.ceil((endsAtMs - useNow(500)) / 1000))
  const hasEnded = left === 0
  useEffect(() => {
    if (hasEnded) onEnd()
  }, [hasEnded])
  return <p className="small">{t('state.limited.wait', { n: left })}</p>
}

const KINDS: ReadonlyMap<number, FaultKind> = new Map([
  [0, 'offline'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [429, 'limited'],
])

export function faultKindOf(error: ApiError | null): FaultKind {
  return KINDS.get(error?.status ?? 500) ?? 'failed'
}
