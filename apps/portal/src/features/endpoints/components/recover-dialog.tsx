import type { EndpointOut } from '@posthorn/contracts'
import { Button, Dialog, Field, Notice } from '@posthorn/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { formatTime, formatUtc } from '../../../lib/format.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const HOUR_MS = 3_600_000
const WINDOWS = ['1', '8', '24', '72', '168', '336'] as const

export interface RecoverDialogProps {
  readonly endpoint: EndpointOut
  /** When the message was published that it was asked for at; else the windows begin elsewhere. */
  readonly since?: string
  readonly onClose: () => void
}

/** Its window is fixed to instants when the dialog opens, and shown as such before anything is sent. */
export function RecoverDialog({ endpoint, since, onClose }: RecoverDialogProps) {
  const client = useClient()
  const [, setTask] = useSearchValue('task')
  const [openedAtMs] = useState(() => Date.now())
  const starts = { message: since ?? null, failing: endpoint.state.failingSince }
  const [choice, setChoice] = useState<string>(firstChoice(starts))
  const [exact, setExact] = useState({ since: '', until: '' })
  const span = spanOf({ choice, exact, openedAtMs, starts })
  const recover = useMutation({
    mutationFn: (body: Span) => client.endpoints.recover(endpoint.id, body),
    onSuccess: ({ id }) => {
      onClose()
      setTask(id)
    },
  })
  return (
    <Dialog title={t('endpoint.recover')} onClose={onClose}>
      <p>{t('recover.text')}</p>
      <WindowField {...{ choice, starts }} onChange={setChoice} />
      {choice === 'exact' && <ExactSpan value={exact} onChange={setExact} />}
      {span !== null && <SpanText span={span} />}
      {recover.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(recover.error)}</p>
        </Notice>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button
          kind="primary"
          disabled={span === null || recover.isPending}
          onClick={() => span !== null && recover.mutate(span)}
        >
          {t('recover.start')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Windows that begin with something that happened; null: it didn't. */
interface Starts {
  readonly message: string | null
  readonly failing: string | null
}

const STARTS = ['message', 'failing'] as const

function firstChoice(starts: Starts): string {
  return STARTS.find((name) => starts[name] !== null) ?? '24'
}

interface WindowFieldProps {
  readonly choice: string
  readonly starts: Starts
  readonly onChange: (choice: string) => void
}

function WindowField({ choice, starts, onChange }: WindowFieldProps) {
  return (
    <Field label={t('recover.window')}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={choice}
          onChange={(event) => onChange(event.target.value)}
        >
          {STARTS.filter((name) => starts[name] !== null).map((name) => (
            <option key={name} value={name}>
              {t(`recover.${name}`)}
            </option>
          ))}
          {WINDOWS.map((hours) => (
            <option key={hours} value={hours}>
              {t(`recover.hours.${hours}`)}
            </option>
          ))}
          <option value="exact">{t('recover.exact')}</option>
        </select>
      )}
    </Field>
  )
}

interface Exact {
  readonly since: string
  readonly until: string
}

interface Span {
  readonly since: string
  readonly until: string | null
}

function SpanText({ span }: { readonly span: Span }) {
  const until = span.until === null ? t('recover.now') : formatTime(span.until)
  return (
    <p className="small soft">
      {formatTime(span.since)} – {until} ({formatUtc(span.since)})
    </p>
  )
}

interface ExactSpanProps {
  readonly value: Exact
  readonly onChange: (value: Exact) => void
}

function ExactSpan({ value, onChange }: ExactSpanProps) {
  return (
    <div className="columns">
      {(['since', 'until'] as const).map((name) => (
        <Field key={name} label={t(`recover.${name}`)}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="datetime-local"
              value={value[name]}
              onChange={(event) => onChange({ ...value, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

interface SpanInput {
  readonly choice: string
  readonly exact: Exact
  readonly openedAtMs: number
  readonly starts: Starts
}

function spanOf({ choice, exact, openedAtMs, starts }: SpanInput) {
  const start = STARTS.find((name) => name === choice)
  if (start !== undefined) {
    const since = starts[start]
    return since === null ? null : { since, until: null }
  }
  if (choice !== 'exact')
    return { since: new Date(openedAtMs - Number(choice) * HOUR_MS).toISOString(), until: null }
  if (exact.since === '') return null
  const until = exact.until === '' ? null : new Date(exact.until).toISOString()
  return { since: new Date(exact.since).toISOString(), until }
}
