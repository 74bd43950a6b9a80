import type { RetentionOut, RetentionPreviewOut } from '@posthorn/contracts'
import { Dialog, Notice, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { DaysFields } from '../../../components/days-fields.tsx'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TypedDay } from '../../../components/typed-day.tsx'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { formatDay } from '../../../lib/format-day.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useDaysPreview } from '../../../lib/use-days-preview.ts'

export interface RetentionDialogProps {
  readonly retention: RetentionOut
  readonly onClose: () => void
}

const MAX_DAYS = 3_650
const PREVIEW = '/installation/retention/preview'

export function RetentionDialog({ retention, onClose }: RetentionDialogProps) {
  const [typed, setTyped] = useState(String(retention.days))
  const [isEnvironment, setIsEnvironment] = useState(retention.source !== 'console')
  const [confirmation, setConfirmation] = useState('')
  const { environmentDays } = retention
  const days = isEnvironment ? environmentDays : Number(typed)
  const isSound = Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
  const preview = useDaysPreview<RetentionPreviewOut>(PREVIEW, days, isSound)
  const save = useSave(onClose)
  const isConfirmed =
    preview.data?.isLower === false || preview.data?.dropsBefore === confirmation.trim()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const body = { days: isEnvironment ? null : days, confirmation: confirmation.trim() || null }
    save.mutate(body)
  }
  return (
    <Dialog title={t('retention.change')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <DaysFields
          inherited={{
            days: environmentDays,
            label: t('retention.asEnvironment', { n: environmentDays }),
          }}
          isInherited={isEnvironment}
          onInherit={setIsEnvironment}
          typed={typed}
          onType={setTyped}
          hint={t('retention.field.hint')}
          max={MAX_DAYS}
          error={faultOf(save.error, 'days')}
        />
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
          isPending={save.isPending || !isSound || !isConfirmed}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}

function useSave(onClose: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: object) =>
      transport.json({ method: 'PUT', path: '/installation/retention', body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/installation/retention'] })
      toast(t('retention.changed'))
      onClose()
    },
  })
}

interface ConsequenceProps {
  readonly preview: RetentionPreviewOut
  readonly typed: string
  readonly onType: (text: string) => void
}

function Consequence({ preview, typed, onType }: ConsequenceProps) {
  const { isLower, dropsBefore, weeks, bytes, messages } = preview
  if (!isLower) return <Notice tone="good" title={t('retention.nothingDropped')} />
  const what =
    messages === null
      ? t('retention.drops.weeks', { n: weeks })
      : t('retention.drops.messages', { n: weeks, messages })
  return (
    <>
      <Notice
        tone="bad"
        title={t('retention.drops', { size: formatBytes(bytes), day: formatDay(dropsBefore) })}
      >
        <p>{what}</p>
        <p>{t('retention.drops.final')}</p>
      </Notice>
      <TypedDay day={dropsBefore} typed={typed} onType={onType} />
    </>
  )
}
