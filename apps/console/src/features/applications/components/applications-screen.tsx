import type { ApplicationOut } from '@posthorn/contracts'
import { Button, Empty, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import type { ScreenProps } from '../../../app/sections.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { ApplicationDialog } from './application-dialog.tsx'
import { ApplicationScreen } from './application-screen.tsx'

export function ApplicationsScreen({ parts: [id] }: ScreenProps) {
  return id === undefined || id === '' ? (
    <ApplicationList />
  ) : (
    <ApplicationScreen key={id} id={id} />
  )
}

function ApplicationList() {
  const query = usePages<ApplicationOut>('/app', { order: 'descending' })
  const mayCreate = useMayAs('admin')
  const [isCreating, setIsCreating] = useState(false)
  const create = mayCreate && (
    <Button kind="primary" onClick={() => setIsCreating(true)}>
      {t('applications.create')}
    </Button>
  )
  return (
    <div className="stack">
      <ScreenHeader title={t('applications.title')}>{create}</ScreenHeader>
      <QueryView query={query}>
        {(applications) =>
          applications.length === 0 ? (
            <div className="card">
              <Empty title={t('applications.empty')}>
                <p>{t('applications.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <ApplicationTable applications={applications} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
      {isCreating && <ApplicationDialog onClose={() => setIsCreating(false)} />}
    </div>
  )
}

function ApplicationTable({ applications }: { readonly applications: readonly ApplicationOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('applications.uid')}</th>
          <th>{t('applications.id')}</th>
          <th>{t('applications.rate')}</th>
          <th>{t('applications.created')}</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <tr key={application.id}>
            <td>
              <Link className="strong-link" to={`/applications/${application.id}`}>
                <VisibleText text={application.name} />
              </Link>
            </td>
            <td
              className={application.uid == null ? 'cell-none' : 'mono'}
              data-label={t('applications.uid')}
            >
              {application.uid ?? '–'}
            </td>
            <td className="mono soft">{application.id}</td>
            <td className={application.throttleRate == null ? 'cell-none' : ''}>
              {application.throttleRate == null
                ? '–'
                : t('applications.rate.perSecond', { n: application.throttleRate })}
            </td>
            <td data-label={t('applications.created')}>
              <Time at={application.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
