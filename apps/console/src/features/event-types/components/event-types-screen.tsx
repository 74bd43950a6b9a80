import type { EventTypeOut } from '@posthorn/contracts'
import { Badge, Empty, ListTable, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '../../../app/sections.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { NeedsRole } from '../../../components/needs-role.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link } from '../../../lib/router.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { type Attempts, useAttempts } from '../use-attempts.ts'
import { AttemptCount } from './attempt-count.tsx'
import { EventTypeForm } from './event-type-form.tsx'
import { ImportScreen } from './import-screen.tsx'
import { Listeners } from './listeners.tsx'

/** `/event-types/~new` makes one: no event type's name has a tilde. */
const NEW = '~new'
const IMPORT = '~import'

export function EventTypesScreen({ parts: [name] }: ScreenProps) {
  if (name === undefined || name === '') return <EventTypeList />
  return (
    <div className="stack">
      <p>
        <Link to="/event-types">{t('eventTypes.title')}</Link>
      </p>
      <Part name={name} />
    </div>
  )
}

function Part({ name }: { readonly name: string }) {
  const mayCreate = useMayAs('admin')
  if (name !== NEW && name !== IMPORT) return <EventTypeEditor key={name} name={name} />
  if (mayCreate) return name === NEW ? <EventTypeForm /> : <ImportScreen />
  return (
    <>
      <h1>{t(name === NEW ? 'eventTypes.create' : 'import.title')}</h1>
      <NeedsRole role="admin" />
    </>
  )
}

function EventTypeEditor({ name }: { readonly name: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['event-type', name],
    // What is being edited must not change under the hand.
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      transport.json<EventTypeOut>({ path: `/event-type/${encodeURIComponent(name)}`, signal }),
  })
  return (
    <>
      {query.data === undefined && <h1>{name}</h1>}
      <QueryView query={query}>
        {(eventType) => (
          <>
            <EventTypeForm eventType={eventType} />
            <Listeners name={name} />
          </>
        )}
      </QueryView>
    </>
  )
}

function EventTypeList() {
  const query = usePages<EventTypeOut>('/event-type', { include_archived: true })
  const attempts = useAttempts()
  const mayCreate = useMayAs('admin')
  return (
    <div className="stack">
      <ScreenHeader title={t('eventTypes.title')}>
        {mayCreate && (
          <>
            <Link className="button" to={`/event-types/${IMPORT}`}>
              {t('import.title')}
            </Link>
            <Link className="button" data-kind="primary" to={`/event-types/${NEW}`}>
              {t('eventTypes.create')}
            </Link>
          </>
        )}
      </ScreenHeader>
      <QueryView query={query}>
        {(eventTypes) =>
          eventTypes.length === 0 ? (
            <div className="card">
              <Empty title={t('eventTypes.empty')}>
                <p>{t('eventTypes.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <>
              <div className="card card-flush">
                <EventTypeTable eventTypes={eventTypes} attempts={attempts} />
              </div>
              <p className="small soft">
                {t('eventTypes.attempts.hint')}{' '}
                {attempts?.isPart === true && t('eventTypes.attempts.part')}
              </p>
            </>
          )
        }
      </QueryView>
      <MoreButton query={query} />
    </div>
  )
}

interface EventTypeTableProps {
  readonly eventTypes: readonly EventTypeOut[]
  readonly attempts: Attempts | null
}

function EventTypeTable({ eventTypes, attempts }: EventTypeTableProps) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('field.name')}</th>
          <th>{t('eventTypes.description')}</th>
          <th>{t('eventTypes.attempts')}</th>
          <th>{t('eventTypes.state')}</th>
        </tr>
      </thead>
      <tbody>
        {eventTypes.map((eventType) => (
          <tr key={eventType.name}>
            <td>
              <Link
                className="strong-link mono"
                to={`/event-types/${encodeURIComponent(eventType.name)}`}
              >
                {eventType.name}
              </Link>
            </td>
            <td>
              <VisibleText text={eventType.description} />
            </td>
            <td data-label={t('eventTypes.attempts')}>
              {attempts === null ? '–' : <AttemptCount {...attempts.of(eventType.name)} />}
            </td>
            <td>
              {eventType.archived === true && <Badge tone="idle">{t('eventTypes.archived')}</Badge>}
              {eventType.deprecated && <Badge tone="warn">{t('eventTypes.deprecated')}</Badge>}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
