import { Field, formatNumber, formatSpan } from '@posthorn/ui'
import { EventTypePicker } from '../../../components/event-type-picker.tsx'
import { roundedSeconds } from '../../../lib/rounded-seconds.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { checkUrl } from '../../../lib/url-rules.ts'
import { DraftField } from './draft-field.tsx'
import { filterOf, retriesOf } from './endpoint-draft.ts'
import { FilterPreview } from './filter-preview.tsx'
import { useRateHint, useRateOfApplication } from './rate.tsx'
import { RetryFields } from './retry-fields.tsx'
import { RetrySteps } from './retry-steps.tsx'
import { SettingCard, type SettingCardProps } from './setting-card.tsx'
import { UrlField } from './url-field.tsx'

type CardProps = Pick<SettingCardProps, 'endpoint' | 'onDirty'>

export function AddressCard(props: CardProps) {
  // Where it redirects to, from an attempt that was.
  const [url] = useSearchValue('url')
  return (
    <SettingCard
      {...props}
      title={t('endpoint.edit')}
      names={['url', 'description']}
      typedAlready={url === '' ? {} : { url }}
      isFaulty={(draft) => draft.url.trim() === '' || checkUrl(draft.url)?.kind === 'fault'}
    >
      {({ draft, change, faults }) => (
        <>
          <UrlField
            url={draft.url}
            endpointId={props.endpoint.id}
            error={faults.get('url')}
            onChange={(typed) => change({ url: typed })}
          />
          <DraftField name="description" {...{ draft, change, faults }} />
        </>
      )}
    </SettingCard>
  )
}

export function FilterCard(props: CardProps) {
  return (
    <SettingCard {...props} title={t('form.filtering')} names={['eventTypes', 'channels']}>
      {(parts) => (
        <>
          <EventTypePicker
            value={parts.draft.eventTypes}
            onChange={(eventTypes) => parts.change({ eventTypes })}
            error={parts.faults.get('eventTypes') ?? parts.faults.get('filterTypes')}
          />
          <DraftField name="channels" {...parts} hint={t('form.channels.hint')} />
          <FilterPreview {...filterOf(parts.draft)} />
        </>
      )}
    </SettingCard>
  )
}

export function PaceCard(props: CardProps) {
  const { waiting } = props.endpoint.state
  const hint = useRateHint()
  const ofApplication = useRateOfApplication()
  return (
    <SettingCard {...props} title={t('setting.pace')} names={['throttleRate']}>
      {(parts) => {
        const typed = parts.draft.throttleRate.trim()
        const rate = typed === '' ? (ofApplication ?? 0) : Number(typed)
        return (
          <DraftField name="throttleRate" {...parts} hint={`${hint}${drainText(rate, waiting)}`} />
        )
      }}
    </SettingCard>
  )
}

export function RetryCard(props: CardProps) {
  return (
    <SettingCard {...props} title={t('setting.retries')} names={['retrySchedule']}>
      {(parts) => (
        <>
          <RetryFields {...parts} />
          <RetrySteps own={retriesOf(parts.draft)} />
        </>
      )}
    </SettingCard>
  )
}

export function LabelsCard(props: CardProps) {
  return (
    <SettingCard {...props} title={t('setting.labels')} names={['uid', 'metadata']}>
      {(parts) => (
        <>
          <DraftField name="uid" {...parts} hint={t('form.uid.hint')} />
          <Field
            label={t('form.metadata')}
            hint={t('form.metadata.hint')}
            error={parts.faults.get('metadata')}
          >
            {(control) => (
              <textarea
                {...control}
                className="input mono"
                rows={4}
                value={parts.draft.metadata}
                onChange={({ target }) => parts.change({ metadata: target.value })}
              />
            )}
          </Field>
        </>
      )}
    </SettingCard>
  )
}

/** What a rate would mean for what waits. */
function drainText(rate: number, waiting: number): string {
  if (waiting === 0 || !(rate > 0)) return ''
  const time = formatSpan(roundedSeconds(Math.ceil(waiting / rate)))
  return ` ${t('form.throttleRate.drain', { n: formatNumber(waiting), time })}`
}
