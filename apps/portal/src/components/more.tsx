import { MoreButton, type MoreButtonProps, NewerButton, type NewerButtonProps } from '@posthorn/ui'
import { t } from '../lib/text.ts'

interface Labelled {
  /** Of a list that goes from new to old, where nothing else is said. */
  readonly label?: string
}

export function Newer({
  query,
  label = t('list.newer'),
}: Labelled & Omit<NewerButtonProps, 'label'>) {
  if (!query.hasPreviousPage) return null
  return (
    <div>
      <NewerButton query={query} label={label} />
    </div>
  )
}

export function More({ query, label = t('list.more') }: Labelled & Omit<MoreButtonProps, 'label'>) {
  return <MoreButton query={query} label={label} />
}
