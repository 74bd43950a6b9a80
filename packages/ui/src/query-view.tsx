import { ApiError, isNotFound } from '@posthorn/client'
import { type ReactNode, useRef, useState } from 'react'
import { Fault, faultKindOf, type FaultText } from './fault.tsx'
import { Skeleton } from './notice.tsx'
import type { Texts } from './texts.ts'

export interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: Error | null
  /** When it failed last. */
  readonly errorUpdatedAt?: number
  readonly refetch: () => unknown
}

export interface QueryViewProps<T> {
  readonly query: QueryLike<T>
  /** Lines of the place that is held while it loads. */
  readonly rows?: number
  /** Instead of the usual words when there is no such thing. */
  readonly notFound?: ReactNode
  readonly children: (data: T) => ReactNode
}

export type QueryTexts<Key extends string> = Pick<Texts<Key>, 't' | 'hasText'>

/** The parts of an app that say how a request went, in that app's words. */
export function createQueryView<Key extends string>(texts: QueryTexts<Key | QueryText>) {
  const { t, hasText } = texts

  /** What was asked for, or why it isn't there. Data seen before stays under a fault that came later. */
  function QueryView<T>({ query, rows, notFound, children }: QueryViewProps<T>) {
    const { data } = query
    const { error, onRetry } = useFailure(query)
    if (data === undefined && isNotFound(error) && notFound !== undefined) return notFound
    if (data === undefined && error === null)
      return <Skeleton label={t('state.loading')} {...(rows === undefined ? {} : { rows })} />
    if (data === undefined) return <Fault error={error} t={t} onRetry={onRetry} />
    return (
      <>
        {error !== null && <Fault error={error} t={t} onRetry={onRetry} isStale />}
        {children(data)}
      </>
    )
  }

  /** In words for a toast or a form: a refusal's own sentence, or what a 5xx means for the reader. */
  function describeError(err: unknown): string {
    if (!(err instanceof ApiError)) return t('state.failed.text')
    const key = `error.${err.code}`
    if (hasText(key)) return t(key)
    if (err.status >= 400 && err.status < 500 && err.message !== '') return err.message
    return t(`state.${faultKindOf(err)}.text`)
  }

  return { QueryView, describeError }
}

/** A page that looks again by itself says meanwhile what failed; whoever asks it to try again sees that it does. */
function useFailure({ data, error, errorUpdatedAt = 0, refetch }: QueryLike<unknown>) {
  const last = useRef({ error, at: errorUpdatedAt })
  const [retriedAt, setRetriedAt] = useState(0)
  if (error !== null) last.current = { error, at: errorUpdatedAt }
  const isSaid = errorUpdatedAt > 0 && errorUpdatedAt !== retriedAt
  const isKept = data === undefined && isSaid && last.current.at === errorUpdatedAt
  const onRetry = () => {
    setRetriedAt(errorUpdatedAt)
    return refetch()
  }
  return { error: error ?? (isKept ? last.current.error : null), onRetry }
}

type QueryText = FaultText | 'state.loading'
