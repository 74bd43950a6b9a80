import type { DeliveryPauseOut, QueueHealthOut } from '@posthorn/contracts'
import { Button, Notice, toast, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { FullTime } from '../../../components/time.tsx'
import { countToCap, formatCapped, formatCount } from '../../../lib/format-figure.ts'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useChangeDeliveryPause, useDeliveryPause } from '../api/health-queries.ts'
import { PauseDialog } from './pause-dialog.tsx'
import { pausedByText } from './paused-by.ts'

export interface DeliverySwitchProps {
  /** Those that live. */
  readonly workers: QueueHealthOut['workers']
}

/** Whether anything is sent at all, and the button that stops it or lets it go on. */
export function DeliverySwitch({ workers }: DeliverySwitchProps) {
  const { data } = useDeliveryPause()
  const isOwner = useMayAs('owner')
  if (data === undefined) return null
  const mayChange = isOwner && data.mayChange
  const unheard = workers.filter(({ isPaused }) => isPaused !== true).length
  return (
    <section className="card stack stack-small" aria-labelledby="delivery-switch">
      <div className="row row-between">
        <h2 id="delivery-switch">{t(data.pause === null ? 'pause.running' : 'pause.banner')}</h2>
        {mayChange && <Switch state={data} />}
      </div>
      {data.pause === null ? (
        <p>{t('pause.running.text')}</p>
      ) : (
        <Paused pause={data.pause} unheard={unheard} />
      )}
      {!mayChange && <p className="small soft">{whyNot(data, isOwner)}</p>}
    </section>
  )
}

interface PausedProps {
  readonly pause: NonNullable<DeliveryPauseOut['pause']>
  readonly unheard: number
}

function Paused({ pause, unheard }: PausedProps) {
  return (
    <>
      <p>
        <VisibleText text={pause.reason} />
      </p>
      <p className="small soft">
        {t('pause.since')} <FullTime at={pause.pausedAt} />{' '}
        {t('pause.by', { who: pausedByText(pause) })}
      </p>
      {pause.waiting !== null && pause.inFlight !== null && (
        <p>
          {t('pause.waiting', { n: formatCapped(pause.waiting) })} ·{' '}
          {t('pause.inFlight', { n: formatCount(pause.inFlight) })}
        </p>
      )}
      {unheard > 0 && (
        <Notice tone="warn" title={t('pause.unheard', { n: formatCount(unheard) })} />
      )}
    </>
  )
}

function Switch({ state: { pause } }: { readonly state: DeliveryPauseOut }) {
  // As it was when the button was pressed: what somebody else changes meanwhile doesn't swap the question.
  const [asked, setAsked] = useState<'pause' | 'resume' | null>(null)
  const close = () => setAsked(null)
  const resume = useChangeDeliveryPause(() => toast(t('pause.resume.done')))
  return (
    <>
      {pause === null ? (
        <Button kind="danger" onClick={() => setAsked('pause')}>
          {t('pause.action')}
        </Button>
      ) : (
        <Button kind="primary" onClick={() => setAsked('resume')}>
          {t('pause.resume')}
        </Button>
      )}
      {asked === 'pause' && <PauseDialog onClose={close} />}
      {asked === 'resume' && (
        <ConfirmDialog
          title={t('pause.resume.ask')}
          action={t('pause.resume')}
          onConfirm={() => resume.mutateAsync('resume')}
          onClose={close}
        >
          <p>{t('pause.resume.text', { n: countToCap(pause?.waiting ?? 0) })}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function whyNot({ othersOrganisations }: DeliveryPauseOut, isOwner: boolean): string {
  return isOwner ? t('pause.others', { n: othersOrganisations }) : t('pause.owners')
}
