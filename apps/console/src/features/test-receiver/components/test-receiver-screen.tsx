import type { ApplicationOut, TestReceiverOut } from '@posthorn/contracts'
import { Empty, VisibleText } from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { ScreenProps } from '../../../app/sections.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { Link, navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { ReceivedList } from './received-list.tsx'
import { ReceiverAnswer } from './receiver-answer.tsx'
import { ReceiverEndpoint } from './receiver-endpoint.tsx'

export function TestReceiverScreen({ parts: [appId] }: ScreenProps) {
  return appId === undefined || appId === '' ? <Choice /> : <Receiver key={appId} appId={appId} />
}

/** Each application has a receiver of its own. */
function Choice() {
  const query = usePages<ApplicationOut>('/app', { order: 'descending' })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    navigate(`/test-receiver/${encodeURIComponent(formText(event.currentTarget, 'application'))}`)
  }
  return (
    <div className="stack">
      <ScreenHeader title={t('testReceiver.title')} />
      <p className="soft">{t('testReceiver.text')}</p>
      <form onSubmit={onSubmit}>
        <TextField
          label={t('testReceiver.application')}
          hint={t('testReceiver.application.hint')}
          name="application"
          required
        />
      </form>
      <QueryView query={query}>
        {(applications) =>
          applications.length === 0 ? (
            <div className="card">
              <Empty title={t('applications.empty')}>
                <p>{t('testReceiver.noApplication')}</p>
              </Empty>
            </div>
          ) : (
            <ul className="card plan">
              {applications.map(({ id, name, uid }) => (
                <li key={id}>
                  <Link className="strong-link" to={`/test-receiver/${id}`}>
                    <VisibleText text={name} />
                  </Link>{' '}
                  <span className="mono soft">{uid ?? id}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <MoreButton query={query} />
    </div>
  )
}

const POLL_MS = 2_000

function Receiver({ appId }: { readonly appId: string }) {
  const name = useApplicationName(appId)
  const query = useReceiver(appId)
  return (
    <div className="stack">
      <p>
        <Link to="/test-receiver">{t('testReceiver.title')}</Link>
      </p>
      <h1>
        <VisibleText text={t('testReceiver.of', { name })} />
      </h1>
      <QueryView query={query}>
        {(receiver) =>
          receiver.url === null ? (
            <NotEnabled />
          ) : (
            <>
              <ReceiverEndpoint
                appId={appId}
                url={receiver.url}
                endpointIds={receiver.endpointIds}
              />
              {receiver.answer !== null && (
                <ReceiverAnswer appId={appId} answer={receiver.answer} />
              )}
              <ReceivedList appId={appId} received={receiver.received} />
            </>
          )
        }
      </QueryView>
    </div>
  )
}

/** Asks for what is new only, and drops what is no longer kept. */
function useReceiver(appId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  const queryKey = ['test-receiver', appId]
  return useQuery<TestReceiverOut>({
    queryKey,
    refetchInterval: ({ state }) => (state.data?.url === null ? false : POLL_MS),
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<TestReceiverOut>(queryKey)?.received ?? []
      const receiver = await transport.json<TestReceiverOut>({
        path: `/app/${encodeURIComponent(appId)}/test-receiver`,
        query: { after: known[0]?.id ?? '' },
        signal,
      })
      const all = new Map([...known, ...receiver.received].map((entry) => [entry.id, entry]))
      const received = receiver.ids.flatMap((id) => all.get(id) ?? [])
      return { ...receiver, received }
    },
  })
}

/** Until it is known, the id. */
function useApplicationName(appId: string): string {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['application', appId],
    queryFn: ({ signal }) =>
      transport.json<ApplicationOut>({ path: `/app/${encodeURIComponent(appId)}`, signal }),
  })
  return query.data?.name ?? appId
}

function NotEnabled() {
  return (
    <div className="card">
      <Empty title={t('testReceiver.off')}>
        <p>{t('testReceiver.off.text')}</p>
        <p className="mono">POSTHORN_MODE=local npm start</p>
        <p>{t('testReceiver.off.elsewhere')}</p>
      </Empty>
    </div>
  )
}
