import { useState } from 'react'
import { type Answer, useAnswer } from './use-answer.ts'

export interface ListPage<T> {
  readonly data: T[]
  readonly iterator: string | null
  readonly prevIterator?: string | null | undefined
  readonly done: boolean
}

export interface ListAnswer<T> extends Omit<Answer<ListPage<T>>, 'data'> {
  readonly items: readonly T[] | undefined
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly showNextPage: () => void
  readonly showPreviousPage: () => void
}

export type FetchPage<T> = (
  iterator: string | undefined,
  signal: AbortSignal,
) => Promise<ListPage<T>>

/** One page of a list at a time, forward and back by the api's own iterators. A new `key` begins at the first. */
export function useList<T>(key: string, fetchPage: FetchPage<T>): ListAnswer<T> {
  const [place, setPlace] = useState<{ key: string; iterator: string | undefined }>()
  const iterator = place?.key === key ? place.iterator : undefined
  const answer = useAnswer(`${key} ${iterator ?? ''}`, (signal) => fetchPage(iterator, signal))
  const { data, ...rest } = answer
  const go = (to: string | null | undefined) => {
    if (to != null) setPlace({ key, iterator: to })
  }
  return {
    ...rest,
    items: data?.data,
    hasNextPage: data !== undefined && !data.done && data.iterator !== null,
    hasPreviousPage: data?.prevIterator != null,
    showNextPage: () => go(data?.iterator),
    showPreviousPage: () => go(data?.prevIterator),
  }
}
