import type { TestReceiverAnswer } from '@posthorn/contracts'
import { Badge, Button, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface ReceiverAnswerProps {
  readonly appId: string
  /** In force. */
  readonly answer: TestReceiverAnswer
}

const USUAL = [200, 400, 410, 429, 500, 503]

/** Support breaks the receiver here, and mends it. */
export function ReceiverAnswer({ appId, answer }: ReceiverAnswerProps) {
  const save = useSave(appId)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    save.mutate({
      statusCode: Number(formText(form, 'statusCode')),
      delayMs: Math.round(Number(formText(form, 'delay')) * 1000),
    })
  }
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('testReceiver.answer')}</h2>
        <Badge tone={answer.statusCode < 300 ? 'good' : 'bad'}>
          {t('testReceiver.answers', { code: answer.statusCode, s: answer.delayMs / 1000 })}
        </Badge>
      </div>
      <form className="row row-fields" onSubmit={onSubmit}>
        <Fields answer={answer} error={save.error} />
        <Button type="submit" kind="primary" disabled={save.isPending}>
          {t('testReceiver.answer.set')}
        </Button>
      </form>
      <FormError error={save.error} />
      <p className="small soft">{t('testReceiver.answer.hint')}</p>
    </section>
  )
}

interface FieldsProps {
  readonly answer: TestReceiverAnswer
  readonly error: unknown
}

function Fields({ answer, error }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('testReceiver.status')}
        name="statusCode"
        type="number"
        min={200}
        max={599}
        required
        list="usual-answers"
        defaultValue={answer.statusCode}
        error={faultOf(error, 'statusCode')}
      />
      <datalist id="usual-answers">
        {USUAL.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      <TextField
        label={t('testReceiver.delay')}
        name="delay"
        type="number"
        min={0}
        max={60}
        step="any"
        required
        defaultValue={answer.delayMs / 1000}
        error={faultOf(error, 'delayMs')}
      />
    </>
  )
}

function useSave(appId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TestReceiverAnswer) =>
      transport.json({
        method: 'PUT',
        path: `/app/${encodeURIComponent(appId)}/test-receiver/answer`,
        body,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['test-receiver', appId] })
      toast(t('testReceiver.answer.done'))
    },
  })
}
