import type { ReplayKind, ReplayQuery, ReplaySpan } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { Button, Dialog, Notice, useAction } from '@posthorn/ui'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { mayReplay, ReplayEstimate, useReplayEstimate } from './replay-estimate.tsx'
import { firstWindow, ReplayWindow, spanOf, type WindowChoice } from './replay-window.tsx'

// Messages count by when they were published, which is before what failed first was tried.
const QUEUED_MS = 900_000

export type ReplayFilter = Omit<ReplayQuery, 'since' | 'until'>

export interface ReplayDialogProps {
  readonly kind: ReplayKind
  readonly endpoint: EndpointOut
  /** When the message was published that it was asked for at; else the windows begin elsewhere. */
  readonly since?: string | undefined
  /** Of a bulk replay: what the list that it was asked at shows, and of which time. */
  readonly filter?: ReplayFilter
  readonly list?: ReplaySpan | null
  /** Its task; else that is shown on this page. */
  readonly onStarted?: ((taskId: string) => void) | undefined
  readonly onClose: () => void
}

/** Counts first, then sends: what was counted is what is sent, since both have the same instants. */
export function ReplayDialog(props: ReplayDialogProps) {
  const { kind, endpoint, since, filter = {}, list = null, onStarted, onClose } = props
  const client = useClient()
  const [, setTask] = useSearchValue('task')
  const [choice, setChoice] = useState<WindowChoice>(() => {
    const starts = { list, message: since ?? null, failing: failingStart(kind, endpoint) }
    const exact = { since: '', until: '' }
    return { name: firstWindow(starts), exact, openedAtMs: Date.now(), starts }
  })
  const span = spanOf(choice)
  const query = span === null ? null : { ...span, ...filter }
  const estimate = useReplayEstimate(endpoint.id, { kind, query })
  const start = useAction({
    mutationFn: (body: ReplayQuery) => client.endpoints.replay(endpoint.id, kind, body),
    onSuccess: ({ id }) => {
      onClose()
      if (onStarted === undefined) setTask(id)
      else onStarted(id)
    },
  })
  return (
    <Dialog title={t(`replay.${kind}.title`)} onClose={onClose}>
      <p>{t(`replay.${kind}.text`)}</p>
      <p className="small soft">{t('replay.sameId')}</p>
      <ReplayWindow
        choice={choice}
        onChange={(part) => setChoice((before) => ({ ...before, ...part }))}
      />
      <ReplayEstimate {...{ kind, endpoint, estimate }} isAsked={query !== null} />
      {start.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(start.error)}</p>
        </Notice>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        {mayReplay(estimate) && (
          <Button
            kind="primary"
            disabled={query === null || start.isPending}
            onClick={() => query !== null && start.mutate(query)}
          >
            {t(`replay.${kind}.start`)}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function failingStart(kind: ReplayKind, { state }: EndpointOut): string | null {
  if (kind !== 'recover' || state.failingSince === null) return null
  return new Date(Date.parse(state.failingSince) - QUEUED_MS).toISOString()
}
