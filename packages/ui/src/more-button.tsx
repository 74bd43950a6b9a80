import { Button } from './button.tsx'

export interface NewerButtonProps {
  readonly query: {
    readonly hasPreviousPage: boolean
    readonly isFetchingPreviousPage: boolean
    readonly fetchPreviousPage: () => unknown
  }
  readonly label: string
  readonly size?: 'small'
}

/** Above a list: the way back up, once further rows took the place of the first. */
export function NewerButton({ query, label, ...size }: NewerButtonProps) {
  if (!query.hasPreviousPage) return null
  return (
    <Button
      {...size}
      disabled={query.isFetchingPreviousPage}
      onClick={() => void query.fetchPreviousPage()}
    >
      {label}
    </Button>
  )
}

export interface MoreButtonProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
  readonly label: string
}

/** Below a list that goes on. */
export function MoreButton({ query, label }: MoreButtonProps) {
  if (!query.hasNextPage) return null
  return (
    <div className="row">
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}
