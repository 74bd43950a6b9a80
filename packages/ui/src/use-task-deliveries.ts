import type {
  BackgroundTaskOut,
  TaskDeliveryList as DeliveryPage,
  TaskOutcome,
} from '@posthorn/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { MOST_PAGES, PAGE_ROWS } from './live-pages.ts'

const AGAIN_MS = 3_000

export interface TaskDeliveriesQuery {
  readonly outcome: TaskOutcome
  readonly limit: number
  readonly iterator?: string
}

export interface TaskDeliveriesInput {
  readonly task: BackgroundTaskOut
  readonly outcome: TaskOutcome
  readonly fetchPage: (query: TaskDeliveriesQuery, signal: AbortSignal) => Promise<DeliveryPage>
}

/** The pages of what a task sent and came to that. The first is kept up to date as long as anything may change. */
export function useTaskDeliveries({ task, outcome, fetchPage }: TaskDeliveriesInput) {
  const isOver = task.status !== 'running' && (task.outcomes?.waiting ?? 0) === 0
  return useInfiniteQuery({
    queryKey: ['task-deliveries', task.id, outcome, isOver],
    queryFn: ({ pageParam, signal }) => {
      const from = pageParam === '' ? {} : { iterator: pageParam }
      return fetchPage({ outcome, limit: PAGE_ROWS, ...from }, signal)
    },
    initialPageParam: '',
    getNextPageParam: ({ done, iterator }, _, param) =>
      done && !param.startsWith('-') ? undefined : iterator,
    getPreviousPageParam: ({ prevIterator }) => prevIterator,
    maxPages: MOST_PAGES,
    placeholderData: (rows, before) => (before?.queryKey[2] === outcome ? rows : undefined),
    refetchInterval: ({ state }) =>
      !isOver && state.data?.pages.length === 1 && state.data.pageParams[0] === ''
        ? AGAIN_MS
        : false,
  })
}
