import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export interface Paged {
  readonly hasPreviousPage: boolean
  readonly isFetchingPreviousPage: boolean
  readonly fetchPreviousPage: () => Promise<unknown>
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

interface OnProps {
  readonly query: Paged
  /** Of a list that goes from new to old, where nothing else is said. */
  readonly label?: string
}

/** The way back up, once further rows took the place of the first. */
export function Newer({ query, label = t('list.newer') }: OnProps) {
  if (!query.hasPreviousPage) return null
  return (
    <div>
      <Button
        disabled={query.isFetchingPreviousPage}
        onClick={() => void query.fetchPreviousPage()}
      >
        {label}
      </Button>
    </div>
  )
}

export function More({ query, label = t('list.more') }: OnProps) {
  if (!query.hasNextPage) return null
  return (
    <div>
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}
