import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export interface MoreButtonProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
}

export function MoreButton({ query }: MoreButtonProps) {
  if (!query.hasNextPage) return null
  return (
    <div className="row">
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('list.more')}
      </Button>
    </div>
  )
}
