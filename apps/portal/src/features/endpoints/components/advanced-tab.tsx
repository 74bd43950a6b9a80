import type { EndpointOut } from '@posthorn/contracts'
import { useCallback, useState } from 'react'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { DangerCard } from './danger-card.tsx'
import { HeadersCard } from './headers-card.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { RetrySteps } from './retry-steps.tsx'
import { AddressCard, FilterCard, LabelsCard, PaceCard, RetryCard } from './setting-cards.tsx'

/** What an endpoint is set to, a card for each part: nothing is saved by the Save of another. */
export function AdvancedTab({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayManage = useMay('ManageEndpoint')
  if (!mayManage) return <ReadOnly endpoint={endpoint} />
  return <Settings endpoint={endpoint} />
}

function ReadOnly({ endpoint }: { readonly endpoint: EndpointOut }) {
  return (
    <div className="stack">
      <HeadersCard endpointId={endpoint.id} />
      <section className="card stack">
        <h2>{t('setting.retries')}</h2>
        <RetrySteps own={endpoint.retrySchedule ?? null} />
      </section>
    </div>
  )
}

function Settings({ endpoint }: { readonly endpoint: EndpointOut }) {
  const { dirty, onDirty } = useDirtyCards()
  const card = { endpoint, onDirty }
  return (
    <div className="columns">
      <LeaveDialog isDirty={dirty.size > 0} />
      <div className="stack">
        <AddressCard {...card} />
        <FilterCard {...card} />
        <PaceCard {...card} />
        <RetryCard {...card} />
      </div>
      <div className="stack">
        <HeadersCard endpointId={endpoint.id} />
        <LabelsCard {...card} />
        <DangerCard endpoint={endpoint} />
      </div>
    </div>
  )
}

/** By their titles. Whoever leaves is asked once, however many there are. */
function useDirtyCards() {
  const [dirty, setDirty] = useState<ReadonlySet<string>>(new Set())
  const onDirty = useCallback((title: string, isDirty: boolean) => {
    setDirty((before) => {
      if (before.has(title) === isDirty) return before
      const next = new Set(before)
      if (isDirty) next.add(title)
      else next.delete(title)
      return next
    })
  }, [])
  return { dirty, onDirty }
}
