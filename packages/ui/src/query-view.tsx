import { ApiError, isNotFound } from '@posthorn/client'
import type { ReactNode } from 'react'
import { Fault, faultKindOf, type FaultText } from './fault.tsx'
import { Skeleton } from './notice.tsx'
import type { Texts } from './texts.ts'

export interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: Error | null
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
    const { data, error, refetch } = query
    if (data === undefined && isNotFound(error) && notFound !== undefined) return notFound
    if (data === undefined && error === null)
      return <Skeleton label={t('state.loading')} {...(rows === undefined ? {} : { rows })} />
    if (data === undefined) return <Fault error={error} t={t} onRetry={refetch} />
    return (
      <>
        {error !== null && <Fault error={error} t={t} onRetry={refetch} isStale />}
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

type QueryText = FaultText | 'state.loading'
