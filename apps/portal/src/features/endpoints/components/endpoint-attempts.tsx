import type { ReplayKind } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { Button } from '@posthorn/ui'
import { type ReactNode, useState } from 'react'
import { AttemptList } from '../../../components/attempt-list.tsx'
import type { ListFiltersState } from '../../../components/list-filters.tsx'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { CauseFilter } from './cause-filter.tsx'
import { ReplayDialog } from './lazy-dialogs.ts'
import type { ReplayFilter } from './replay-dialog.tsx'

interface Asked {
  readonly kind: ReplayKind
  readonly since?: string
  readonly filter: ReplayFilter
}

export interface EndpointAttemptsProps {
  readonly endpoint: EndpointOut
  readonly head: ReactNode
  /** Shown once the log is there. */
  readonly below: ReactNode
}

/** The log of an endpoint's attempts, and what can be sent again from it: a row, since a row, all that it shows. */
export function EndpointAttempts({ endpoint, head, below }: EndpointAttemptsProps) {
  const mayAttempt = useMay('CreateAttempts')
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <AttemptList
        endpointId={endpoint.id}
        {...{ head, below }}
        moreFilters={({ values, set }) => (
          <CauseFilter
            endpointId={endpoint.id}
            value={values.cause}
            onChange={(cause) => set({ cause })}
          />
        )}
        moreActions={({ msg, timestamp }) => (
          <Button
            onClick={() =>
              setAsked({ kind: 'recover', since: msg?.timestamp ?? timestamp, filter: {} })
            }
          >
            {t('attempts.recoverSince')}
          </Button>
        )}
        renderFiltered={(filters) =>
          mayAttempt && (
            <Button onClick={() => setAsked({ kind: 'bulk-replay', filter: filterOf(filters) })}>
              {t('attempts.replayAll')}
            </Button>
          )
        }
      />
      {asked !== null && (
        <ReplayDialog {...asked} endpoint={endpoint} onClose={() => setAsked(null)} />
      )}
    </>
  )
}

/** The window is chosen in the dialog. */
function filterOf({ values }: ListFiltersState): ReplayFilter {
  return {
    ...(values.type === '' ? {} : { eventTypes: [values.type] }),
    ...(values.tag === '' ? {} : { tag: values.tag }),
    ...(values.channel === '' ? {} : { channel: values.channel }),
    ...(values.status === '' ? {} : { status: Number(values.status) }),
  }
}
