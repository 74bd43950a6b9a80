import type { EndpointOut } from '@posthorn/contracts'
import { TimeAndUtc } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { CheckSignature } from './check-signature.tsx'
import { Rate } from './rate.tsx'
import { SecretCard } from './secret-card.tsx'
import { Snippets } from './snippets.tsx'

/** What is looked up when a receiver is built: seldomer than what was sent. */
export function SetUp({ endpoint }: { readonly endpoint: EndpointOut }) {
  return (
    <>
      <div className="columns">
        <SecretCard endpointId={endpoint.id} />
        <Subscribed endpoint={endpoint} />
      </div>
      <Snippets />
      <CheckSignature endpointId={endpoint.id} />
    </>
  )
}

function Subscribed({ endpoint }: { readonly endpoint: EndpointOut }) {
  const { eventTypes, channels, throttleRate } = endpoint
  return (
    <section className="card stack stack-small">
      <h2>{t('form.filtering')}</h2>
      <dl className="facts">
        <dt>{t('filter.eventTypes')}</dt>
        <dd className={eventTypes == null ? '' : 'mono'}>
          {eventTypes == null ? t('filter.allFuture') : eventTypes.join(', ')}
        </dd>
        <dt>{t('form.channels')}</dt>
        <dd className={channels == null ? '' : 'mono'}>
          {channels == null ? t('filter.noChannels') : channels.join(', ')}
        </dd>
        <dt>{t('form.throttleRate')}</dt>
        <dd>
          <Rate own={throttleRate ?? null} />
        </dd>
        <dt>{t('endpoints.column.created')}</dt>
        <dd>
          <TimeAndUtc at={endpoint.createdAt} />
        </dd>
      </dl>
    </section>
  )
}
