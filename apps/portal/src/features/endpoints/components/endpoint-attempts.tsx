import type { ReplayKind } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { Button } from '@posthorn/ui'
import { useState } from 'react'
import { AttemptList } from '../../../components/attempt-list.tsx'
import type { ListFiltersState } from '../../../components/list-filters.tsx'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { ReplayDialog } from './lazy-dialogs.ts'
import type { ReplayFilter } from './replay-dialog.tsx'

interface Asked {
  readonly kind: ReplayKind
  readonly since?: string
  readonly filter: ReplayFilter
}

/** The log of an endpoint's attempts, and what can be sent again from it: a row, since a row, all that it shows. */
export function EndpointAttempts({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayAttempt = useMay('CreateAttempts')
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <AttemptList
        endpointId={endpoint.id}
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
