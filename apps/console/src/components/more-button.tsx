import {
  Button,
  MoreButton as SharedMoreButton,
  type MoreButtonProps,
  type NewerButtonProps,
} from '@posthorn/ui'
import { t } from '../lib/text.ts'

interface StepsProps {
  readonly query: MoreButtonProps['query'] & NewerButtonProps['query']
}

/** Below a list: on to what follows, and back to what had to make room for that. */
export function MoreButton({ query }: StepsProps) {
  if (!query.hasPreviousPage && !query.hasNextPage) return null
  return (
    <div className="row">
      {query.hasPreviousPage && (
        <Button onClick={() => void query.fetchPreviousPage()}>{t('list.back')}</Button>
      )}
      <SharedMoreButton query={query} label={t('list.more')} />
    </div>
  )
}
