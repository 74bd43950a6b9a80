import type { AlertOut } from '@posthorn/contracts'
import { Button, Dialog, Field, formatSpan, toast, useNow } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { describeError } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { ALERTS, pathOf } from '../use-alerts.ts'

interface MuteProps {
  readonly alert: AlertOut
}

/** Muted, it is heard again by one click; else a dialog asks until when. */
export function MuteButton({ alert }: MuteProps) {
  const nowMs = useNow(5_000)
  const mute = useMute(alert.id, () => undefined)
  const [isOpen, setIsOpen] = useState(false)
  const isMuted = alert.mutedUntil !== null && Date.parse(alert.mutedUntil) > nowMs
  if (isMuted)
    return (
      <Button
        disabled={mute.isPending}
        onClick={() => mute.mutate(null, { onError: (err) => toast(describeError(err)) })}
      >
        {t('alerts.unmute')}
      </Button>
    )
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('alerts.mute')}</Button>
      {isOpen && <MuteDialog alert={alert} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const SPANS = [3_600, 28_800, 86_400, 604_800] as const
const EXACT = 'exact'

function MuteDialog({ alert, onClose }: MuteProps & { readonly onClose: () => void }) {
  const mute = useMute(alert.id, onClose)
  const [span, setSpan] = useState<string>(String(SPANS[0]))
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const exact = formText(event.currentTarget, 'until')
    const until = span === EXACT ? new Date(exact) : new Date(Date.now() + Number(span) * 1000)
    mute.mutate(until)
  }
  return (
    <Dialog title={t('alerts.mute')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p>{t('alerts.mute.text')}</p>
        <Field label={t('alerts.mute.for')}>
          {(control) => (
            <select
              className="input"
              value={span}
              onChange={({ target }) => setSpan(target.value)}
              {...control}
            >
              {SPANS.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {formatSpan(seconds)}
                </option>
              ))}
              <option value={EXACT}>{t('alerts.mute.exact')}</option>
            </select>
          )}
        </Field>
        {span === EXACT && (
          <TextField
            label={t('alerts.mute.until')}
            name="until"
            type="datetime-local"
            max="2149-12-31T00:00"
            required
          />
        )}
        <FormError error={mute.error} />
        <FormButtons submit={t('alerts.mute')} isPending={mute.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

// Not a callback of `mutate`: by the time it is muted the dialog may be gone, and its callbacks with it.
function useMute(id: string, onDone: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (until: Date | null) =>
      transport.json<AlertOut>({
        method: 'POST',
        path: `${pathOf(id)}/mute`,
        body: { until: until?.toISOString() ?? null },
      }),
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries({ queryKey: ALERTS })
    },
  })
}
