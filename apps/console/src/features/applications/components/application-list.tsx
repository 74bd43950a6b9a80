import type { SupportApplicationOut } from '@posthorn/contracts'
import { Button, Empty, Notice } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { navigate, useNewDialog, useSearchValue } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { ApplicationDialog } from './application-dialog.tsx'
import { ApplicationFilters } from './application-filters.tsx'
import { ApplicationTable } from './application-table.tsx'

/** Applications that the api looks at for one page of those without endpoints. */
const NONE_AT_ONCE = 2_000

export function ApplicationList() {
  const [search] = useSearchValue('search')
  const [endpoints] = useSearchValue('endpoints')
  const query = usePages<SupportApplicationOut>('/support/application', { search, endpoints })
  const mayCreate = useMayAs('admin')
  const [isCreating, setIsCreating] = useNewDialog()
  const create = mayCreate && (
    <Button kind="primary" onClick={() => setIsCreating(true)}>
      {t('applications.create')}
    </Button>
  )
  const isFiltered = search !== '' || endpoints !== ''
  return (
    <div className="stack">
      <ScreenHeader title={t('applications.title')}>{create}</ScreenHeader>
      <ApplicationFilters />
      <QueryView query={query}>
        {(applications) =>
          applications.length === 0 ? (
            <Nothing isFiltered={isFiltered} isDone={!query.hasNextPage} />
          ) : (
            <>
              <div className="card card-flush">
                <ApplicationTable applications={applications} />
              </div>
              {search !== '' && query.isPart && (
                <Notice tone="idle">
                  <p>{t('applications.part', { n: formatCount(applications.length) })}</p>
                </Notice>
              )}
            </>
          )
        }
      </QueryView>
      {endpoints === 'none' && query.hasNextPage && (
        <p className="small soft">
          {t('applications.noneSearch', { n: formatCount(NONE_AT_ONCE) })}
        </p>
      )}
      <MoreButton query={query} />
      {mayCreate && isCreating && <ApplicationDialog onClose={() => setIsCreating(false)} />}
    </div>
  )
}

interface NothingProps {
  readonly isFiltered: boolean
  readonly isDone: boolean
}

function Nothing({ isFiltered, isDone }: NothingProps) {
  if (!isFiltered)
    return (
      <div className="card">
        <Empty title={t('applications.empty')}>
          <p>{t('applications.empty.text')}</p>
        </Empty>
      </div>
    )
  return (
    <div className="card">
      <Empty title={t(isDone ? 'applications.emptyFiltered' : 'applications.emptySoFar')}>
        <Button onClick={() => navigate('/applications', { replace: true })}>
          {t('list.clear')}
        </Button>
      </Empty>
    </div>
  )
}
