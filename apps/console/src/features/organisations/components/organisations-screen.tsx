import type { OrganisationOut, OrganisationsOut } from '@posthorn/contracts'
import { Badge, Button, Copyable, FullTime, ListTable, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ScreenProps } from '../../../app/sections.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link, urlOf } from '../../../lib/router.tsx'
import { ownTransport, useMayAs, useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { CopyScreen } from './copy-screen.tsx'
import { OrganisationDialog } from './organisation-dialog.tsx'

export function OrganisationsScreen({ parts: [part] }: ScreenProps) {
  return part === 'copy' ? <CopyScreen /> : <OrganisationList />
}

function OrganisationList() {
  const isOwner = useMayAs('owner')
  const [open, setOpen] = useState<'create' | 'rename' | null>(null)
  const close = () => setOpen(null)
  const query = useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) =>
      ownTransport.json<OrganisationsOut>({ path: '/staff/organisation', signal }),
  })
  return (
    <div className="stack">
      <ScreenHeader title={t('organisations.title')}>
        <Link className="button" to="/organisations/copy">
          {t('organisations.copy')}
        </Link>
        {isOwner && (
          <>
            <Button onClick={() => setOpen('rename')}>{t('organisations.rename')}</Button>
            <Button kind="primary" onClick={() => setOpen('create')}>
              {t('organisations.create')}
            </Button>
          </>
        )}
      </ScreenHeader>
      <p className="soft">{t('organisations.text')}</p>
      <QueryView query={query}>
        {({ data }) => (
          <div className="card card-flush">
            <OrganisationTable organisations={data} />
          </div>
        )}
      </QueryView>
      {open !== null && <OrganisationDialog isNew={open === 'create'} onClose={close} />}
    </div>
  )
}

interface TableProps {
  readonly organisations: readonly OrganisationOut[]
}

function OrganisationTable({ organisations }: TableProps) {
  const { orgId } = useSession()
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('organisations.id')}</th>
          <th>{t('organisations.role')}</th>
          <th>{t('eventTypes.title')}</th>
          <th>{t('organisations.created')}</th>
        </tr>
      </thead>
      <tbody>
        {organisations.map(({ id, name, role, eventTypes, createdAt }) => (
          <tr key={id}>
            <td>
              <a className="strong-link" href={urlOf('/organisations', id)}>
                <VisibleText text={name ?? t('organisations.unnamed')} />
              </a>{' '}
              {id === orgId && <Badge tone="good">{t('organisations.open')}</Badge>}
            </td>
            <td>
              <Copyable
                what={t('organisations.idOf', { name: name ?? t('organisations.unnamed') })}
                text={id}
              />
            </td>
            <td>{t(`role.${role}`)}</td>
            <td>{eventTypes}</td>
            <td>
              <FullTime at={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
