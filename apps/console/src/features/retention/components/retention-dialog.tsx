import type { RetentionOut, RetentionPreviewOut } from '@posthorn/contracts'
import { Dialog, formatNumber, Notice, toast } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { formatDay } from '../../../lib/format-day.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface RetentionDialogProps {
  readonly retention: RetentionOut
  readonly onClose: () => void
}

const MAX_DAYS = 3_650

export function RetentionDialog({ retention, onClose }: RetentionDialogProps) {
  const [typed, setTyped] = useState(String(retention.days))
  const [isEnvironment, setIsEnvironment] = useState(retention.source !== 'console')
  const [confirmation, setConfirmation] = useState('')
  const days = isEnvironment ? retention.environmentDays : Number(typed)
  const isSound = Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
  const preview = usePreview(days, isSound)
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
          environmentDays={retention.environmentDays}
          isEnvironment={isEnvironment}
          onEnvironment={setIsEnvironment}
          typed={typed}
          onType={setTyped}
          error={save.error}
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

interface DaysFieldsProps {
  readonly environmentDays: number
  readonly isEnvironment: boolean
  readonly onEnvironment: (isEnvironment: boolean) => void
  readonly typed: string
  readonly onType: (text: string) => void
  readonly error: unknown
}

function DaysFields(props: DaysFieldsProps) {
  const { environmentDays, isEnvironment, onEnvironment, typed, onType, error } = props
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={isEnvironment}
          onChange={({ target }) => onEnvironment(target.checked)}
        />
        {t('retention.asEnvironment', { n: environmentDays })}
      </label>
      <TextField
        label={t('retention.field')}
        hint={t('retention.field.hint')}
        name="days"
        type="number"
        min={1}
        max={MAX_DAYS}
        required
        disabled={isEnvironment}
        value={isEnvironment ? String(environmentDays) : typed}
        onChange={({ target }) => onType(target.value)}
        error={faultOf(error, 'days')}
      />
    </>
  )
}

function usePreview(days: number, isSound: boolean) {
  const transport = useTransport()
  return useQuery({
    queryKey: ['retention-preview', days],
    enabled: isSound,
    gcTime: 0,
    queryFn: ({ signal }) =>
      transport.json<RetentionPreviewOut>({
        path: '/installation/retention/preview',
        query: { days },
        signal,
      }),
  })
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
      : t('retention.drops.messages', { n: weeks, messages: formatNumber(messages) })
  return (
    <>
      <Notice
        tone="bad"
        title={t('retention.drops', { size: formatBytes(bytes), day: formatDay(dropsBefore) })}
      >
        <p>{what}</p>
        <p>{t('retention.drops.final')}</p>
      </Notice>
      <TextField
        label={t('retention.confirm', { day: dropsBefore })}
        name="confirmation"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => onType(target.value)}
      />
    </>
  )
}
