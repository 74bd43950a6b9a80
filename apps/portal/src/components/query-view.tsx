import { ApiError } from '@posthorn/client'
import { Button, Empty, Notice, Skeleton, useNow } from '@posthorn/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { hasText, t } from '../lib/text.ts'

export interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

export interface QueryViewProps<T> {
  readonly query: QueryLike<T>
  /** Lines of the place that is held while it loads. */
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}

/** What was asked for, or why it isn't there. Data seen before stays under a fault that came later. */
export function QueryView<T>({ query, rows = 5, children }: QueryViewProps<T>) {
  const { data, error, refetch } = query
  if (data === undefined && error === null)
    return <Skeleton label={t('state.loading')} rows={rows} />
  if (data === undefined) return <Fault error={error} onRetry={refetch} />
  return (
    <>
      {error !== null && <Fault error={error} onRetry={refetch} isStale />}
      {children(data)}
    </>
  )
}

interface FaultProps {
  readonly error: Error | null
  readonly onRetry: () => unknown
  readonly isStale?: boolean
}

function Fault({ error, onRetry, isStale = false }: FaultProps) {
  const apiError = error instanceof ApiError ? error : null
  const kind = kindOf(apiError)
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
        <Countdown seconds={apiError?.retryAfterSeconds ?? 1} onEnd={onRetry} />
      )}
      <Button onClick={() => void onRetry()}>{t('state.retry')}</Button>
    </Notice>
  )
}

/** Counts down what the api asked us to wait, then asks again. */
function Countdown({
  seconds,
  onEnd,
}: {
  readonly seconds: number
  readonly onEnd: () => unknown
}) {
  const [endsAtMs] = useState(() => Date.now() + seconds * 1000)
  const left = Math.max(0, Math.ceil((endsAtMs - useNow(500)) / 1000))
  const hasEnded = left === 0
  useEffect(() => {
    if (hasEnded) onEnd()
  }, [hasEnded])
  return <p className="small">{t('state.limited.wait', { n: left })}</p>
}

type FaultKind = 'offline' | 'limited' | 'forbidden' | 'notFound' | 'failed'

const KINDS: ReadonlyMap<number, FaultKind> = new Map([
  [0, 'offline'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [429, 'limited'],
])

function kindOf(error: ApiError | null): FaultKind {
  return KINDS.get(error?.status ?? 500) ?? 'failed'
}

/** In words for a toast or a form: a refusal's own sentence, or what a 5xx means for the reader. */
export function describeError(err: unknown): string {
  if (!(err instanceof ApiError)) return t('state.failed.text')
  const key = `error.${err.code}`
  if (hasText(key)) return t(key)
  if (err.status >= 400 && err.status < 500 && err.message !== '') return err.message
  return t(`state.${kindOf(err)}.text`)
}
