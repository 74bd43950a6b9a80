import { MoreButton as SharedMoreButton, type MoreButtonProps } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export function MoreButton({ query }: Pick<MoreButtonProps, 'query'>) {
  return <SharedMoreButton query={query} label={t('list.more')} />
}
