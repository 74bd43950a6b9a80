import type { ReplayKind, ReplaySpan } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { type ReactNode, useId, useState } from 'react'
import type { FilterValues } from '../../../components/filter-names.ts'
import { useListFilters } from '../../../components/list-filters.tsx'
import { windowOf } from '../../../components/time-filter.tsx'
import { t } from '../../../lib/text.ts'
import { EndpointAttempts } from './endpoint-attempts.tsx'
import { EndpointMessages } from './endpoint-messages.tsx'
import { ReplayDialog } from './lazy-dialogs.ts'
import type { ReplayFilter } from './replay-dialog.tsx'
import { LOG_VIEWS, type LogView, useLogView } from './use-log-view.ts'

export interface LogViewProps {
  readonly endpointId: string
  readonly endpointUrl: string
  readonly head: ReactNode
  /** Shown once the log is there. */
  readonly below: ReactNode
  /** When the message was published that it is asked for at. */
  readonly onRecoverSince: (since: string) => void
  readonly onReplayFiltered: () => void
}

interface Asked {
  readonly kind: ReplayKind
  readonly since?: string
  readonly filter: ReplayFilter
  readonly list?: ReplaySpan | null
}

export interface EndpointLogProps {
  readonly endpoint: EndpointOut
  /** Shown once the log is there. */
  readonly below: ReactNode
}

/**
 * What was sent to an endpoint, a row for each message with what became of it, or one for each request; and what
 * can be sent again from it: rows, all since one, all that it shows.
 */
export function EndpointLog({ endpoint, below }: EndpointLogProps) {
  const [view, setView] = useLogView()
  const { values } = useListFilters()
  const [asked, setAsked] = useState<Asked | null>(null)
  const View = view === 'attempts' ? EndpointAttempts : EndpointMessages
  return (
    <>
      <View
        endpointId={endpoint.id}
        endpointUrl={endpoint.url}
        head={<Head view={view} onChange={setView} />}
        below={below}
        onRecoverSince={(since) => setAsked({ kind: 'recover', since, filter: {} })}
        onReplayFiltered={() =>
          setAsked({
            kind: 'bulk-replay',
            filter: filterOf(values, view),
            // Attempts are listed by when they were made, messages are replayed by when they were published.
            list: view === 'messages' ? spanOfList(values) : null,
          })
        }
      />
      {asked !== null && (
        <ReplayDialog {...asked} endpoint={endpoint} onClose={() => setAsked(null)} />
      )}
    </>
  )
}

const LONGEST_MS = 14 * 86_400_000

/** Where the dialog begins; null: the list is of any time, or of more than goes at once. */
function spanOfList(values: FilterValues): ReplaySpan | null {
  const { after: since, before = '' } = windowOf(values)
  const endMs = before === '' ? Date.now() : Date.parse(before)
  const isBounded = endMs - Date.parse(since) <= LONGEST_MS
  return isBounded ? { since, until: before === '' ? null : before } : null
}

function filterOf({ type, tag, channel, status }: FilterValues, view: LogView): ReplayFilter {
  // Messages that failed are told there from those that were canceled.
  const ofStatus = { status: Number(status), expandedStatuses: view === 'messages' }
  return {
    ...(type === '' ? {} : { eventTypes: [type] }),
    ...(tag === '' ? {} : { tag }),
    ...(channel === '' ? {} : { channel }),
    ...(status === '' ? {} : ofStatus),
  }
}

interface HeadProps {
  readonly view: LogView
  readonly onChange: (view: LogView) => void
}

function Head({ view, onChange }: HeadProps) {
  const name = useId()
  return (
    <div className="row row-between">
      <h2>{t('attempts.title')}</h2>
      <fieldset className="plain-fieldset row">
        <legend className="visually-hidden">{t('log.show')}</legend>
        {LOG_VIEWS.map((option) => (
          <label className="row" key={option}>
            <input
              type="radio"
              name={name}
              checked={view === option}
              onChange={() => onChange(option)}
            />
            {t(`log.${option}`)}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
