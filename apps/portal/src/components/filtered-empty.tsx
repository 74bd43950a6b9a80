import { Button, Empty, VisibleText } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { filterNames } from './filter-names.ts'
import type { ListFiltersState } from './list-filters.tsx'

interface FilteredEmptyProps {
  readonly filters: Pick<ListFiltersState, 'values' | 'clear'>
}

/** In the place of a list: which filters let nothing through, and the way back. */
export function FilteredEmpty({ filters }: FilteredEmptyProps) {
  return (
    <Empty title={t('list.filtered.title')}>
      <p>
        <VisibleText text={filterNames(filters.values).join(' · ')} />
      </p>
      <Button onClick={filters.clear}>{t('list.filtered.clear')}</Button>
    </Empty>
  )
}
