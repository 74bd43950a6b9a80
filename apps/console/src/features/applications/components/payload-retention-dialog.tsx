import type {
  ApplicationRetentionOut,
  ApplicationRetentionPreviewOut,
} from '@posthorn/contracts/application-retention'
import { Dialog, formatNumber, formatTime, Notice, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { DaysFields } from '../../../components/days-fields.tsx'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TypedDay } from '../../../components/typed-day.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useDaysPreview } from '../../../lib/use-days-preview.ts'

export interface PayloadRetentionDialogProps {
  readonly appId: string
  readonly retention: ApplicationRetentionOut
  readonly onClose: () => void
}

export function PayloadRetentionDialog(props: PayloadRetentionDialogProps) {
  const { appId, retention, onClose } = props
  const { days, isInherited, isSound, fields } = useDays(retention)
  const [confirmation, setConfirmation] = useState('')
  const preview = useDaysPreview<ApplicationRetentionPreviewOut>(
    `/app/${appId}/retention/preview`,
    days,
    isSound,
  )
  const save = useSave(appId, onClose)
  const takesAtOnce = preview.data?.confirmation != null
  const typedDay = takesAtOnce ? confirmation.trim() : null
  const isConfirmed = preview.data !== undefined && preview.data.confirmation === typedDay
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ days: isInherited ? null : days, confirmation: typedDay })
  }
  return (
    <Dialog title={t('payloadRetention.title')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <DaysFields {...fields} error={fields.error ?? faultOf(save.error, 'days')} />
        {isSound && (
          <QueryView query={preview}>
            {(shown) => (
              <Consequence preview={shown} typed={confirmation} onType={setConfirmation} />
            )}
          </QueryView>
        )}
        <FormError error={save.error} />
        <FormButtons
          submit={t('action.save')}
          isPending={save.isPending}
          isDisabled={!isSound || !isConfirmed}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}

function useDays({ applicationDays, installationDays: max }: ApplicationRetentionOut) {
  const [typed, setTyped] = useState(String(applicationDays ?? max))
  const [isInherited, setIsInherited] = useState(applicationDays === null)
  const days = isInherited ? max : Number(typed)
  return {
    days,
    isInherited,
    isSound: Number.isInteger(days) && days >= 1 && days <= max,
    fields: {
      inherited: { days: max, label: t('payloadRetention.asInstallation', { n: max }) },
      isInherited,
      onInherit: setIsInherited,
      typed,
      onType: setTyped,
      hint: t('payloadRetention.hint'),
      max,
      error: days > max ? t('payloadRetention.tooLong', { n: max }) : undefined,
    },
  }
}

interface RetentionChange {
  readonly days: number | null
  /** Null: nothing goes at once. */
  readonly confirmation: string | null
}

function useSave(appId: string, onClose: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: RetentionChange) =>
      transport.json<ApplicationRetentionOut>({
        method: 'PUT',
        path: `/app/${appId}/retention`,
        body,
      }),
    onSuccess: (saved, { confirmation }) => {
      queries.setQueryData(['application-retention', appId], saved)
      toast(
        t(confirmation === null ? 'payloadRetention.changed' : 'payloadRetention.changed.takes'),
      )
      onClose()
    },
  })
}

interface ConsequenceProps {
  readonly preview: ApplicationRetentionPreviewOut
  readonly typed: string
  readonly onType: (text: string) => void
}

function Consequence({ preview, typed, onType }: ConsequenceProps) {
  const { payloads, isCapped, emptiedBefore, confirmation } = preview
  if (confirmation === null)
    return <Notice tone="good" title={t('payloadRetention.nothingTaken')} />
  const n = formatNumber(payloads)
  return (
    <>
      <Notice
        tone="bad"
        title={t(isCapped ? 'payloadRetention.takes.many' : 'payloadRetention.takes', { n })}
      >
        <p>{t('payloadRetention.takes.text', { time: formatTime(emptiedBefore) })}</p>
      </Notice>
      <TypedDay day={confirmation} typed={typed} onType={onType} />
    </>
  )
}
