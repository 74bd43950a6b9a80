import type { ReplaySpan } from '@posthorn/client'
import type { ReplayEstimateOut, EndpointOut, UndoneOut } from '@posthorn/contracts'
import {
  Button,
  cappedCount,
  cappedText,
  formatNumber,
  Notice,
  toast,
  useAction,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useUndoDisable } from '../api/use-undo-disable.ts'

const MOST_MS = 14 * 86_400_000

/** Once an endpoint is enabled again: what it missed meanwhile, counted, and what can be done about that. */
export function MissedNotice({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [disabledAt, setDisabledAt] = useSearchValue('missed')
  if (Number.isNaN(Date.parse(disabledAt)) || endpoint.disabled) return null
  return <Missed key={disabledAt} {...{ endpoint, disabledAt }} onClose={() => setDisabledAt('')} />
}

interface MissedProps {
  readonly endpoint: EndpointOut
  readonly disabledAt: string
  readonly onClose: () => void
}

function Missed({ endpoint, disabledAt, onClose }: MissedProps) {
  const mayAttempt = useMay('CreateAttempts')
  const [openedAtMs] = useState(() => Date.now())
  const sinceMs = Math.max(Date.parse(disabledAt), openedAtMs - MOST_MS)
  const since = new Date(sinceMs).toISOString()
  const query = useMissed({ endpointId: endpoint.id, disabledAt, since, mayAttempt })
  return (
    <Notice tone="good" title={t('missed.title')}>
      <QueryView query={query} rows={2}>
        {(found) => (
          <>
            <Found {...found} isPart={sinceMs > Date.parse(disabledAt)} />
            <div className="row">
              <ReplayMissed endpointId={endpoint.id} missed={found.missed} />
              <Resume
                endpointId={endpoint.id}
                {...{ disabledAt, canceled: found.canceled }}
                onDone={query.refetch}
              />
              {mayAttempt && (
                <Link className="button" to={testPath(endpoint.id, disabledAt)}>
                  {t('missed.test')}
                </Link>
              )}
              <Button onClick={onClose}>{t('missed.close')}</Button>
            </div>
          </>
        )}
      </QueryView>
    </Notice>
  )
}

/** What it missed is told of there, too. */
function testPath(endpointId: string, disabledAt: string): string {
  return `/endpoints/${endpointId}?${new URLSearchParams({ tab: 'testing', missed: disabledAt })}`
}

interface FoundProps {
  /** Null: not for this session to ask. */
  readonly missed: ReplayEstimateOut | null
  readonly canceled: UndoneOut
  readonly isPart: boolean
}

function Found({ missed, canceled, isPart }: FoundProps) {
  const count = missed?.count ?? 0
  if (count === 0 && canceled.count === 0) return <p>{t('missed.none')}</p>
  return (
    <>
      {missed !== null && count > 0 && (
        <p>
          {t('missed.messages', { n: countText(missed) })} {isPart && t('missed.capped')}
        </p>
      )}
      {canceled.count > 0 && <p>{t('missed.canceled', { n: countText(canceled) })}</p>}
    </>
  )
}

interface MissedAsked {
  readonly endpointId: string
  readonly disabledAt: string
  readonly since: string
  readonly mayAttempt: boolean
}

function useMissed({ endpointId, disabledAt, since, mayAttempt }: MissedAsked) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint-missed', endpointId, disabledAt, since],
    queryFn: async ({ signal }) => {
      const body = { since, until: null }
      const estimate = { kind: 'replay-missing', body, signal } as const
      const [missed, canceled] = await Promise.all([
        mayAttempt ? client.endpoints.estimateReplay(endpointId, estimate) : null,
        client.endpoints.countUndoable(endpointId, { disabledAt }, { signal }),
      ])
      return { missed, canceled }
    },
    refetchOnWindowFocus: false,
  })
}

interface ReplayMissedProps {
  readonly endpointId: string
  readonly missed: ReplayEstimateOut | null
}

/** What was counted is what is sent: both have the same instants. */
function ReplayMissed({ endpointId, missed }: ReplayMissedProps) {
  const client = useClient()
  const [, setTask] = useSearchValue('task')
  const start = useAction({
    mutationFn: ({ since, until }: ReplaySpan) =>
      client.endpoints.replay(endpointId, 'replay-missing', { since, until }),
    onSuccess: ({ id }) => setTask(id),
    onError: (err) => toast(describeError(err)),
  })
  if (missed === null || missed.count === 0 || start.isSuccess) return null
  return (
    <Button kind="primary" disabled={start.isPending} onClick={() => start.mutate(missed)}>
      {t('missed.replay', { n: cappedCount(missed.count, missed.isCapped) })}
    </Button>
  )
}

interface ResumeProps {
  readonly endpointId: string
  readonly disabledAt: string
  readonly canceled: UndoneOut
  readonly onDone: () => unknown
}

function Resume({ endpointId, disabledAt, canceled, onDone }: ResumeProps) {
  const resume = useUndoDisable(endpointId, (n) => t('missed.resumed', { n: formatNumber(n) }))
  if (canceled.count === 0) return null
  return (
    <Button
      disabled={resume.isPending}
      onClick={() => resume.mutate(disabledAt, { onSuccess: () => void onDone() })}
    >
      {t('missed.resume', { n: cappedCount(canceled.count, canceled.isCapped) })}
    </Button>
  )
}

function countText({ count, isCapped }: Pick<UndoneOut, 'count' | 'isCapped'>): string {
  return cappedText(count, isCapped)
}
