import type { ReplaySpan } from '@posthorn/client'
import { Field, formatTime, formatUtc } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'

const HOUR_MS = 3_600_000
const HOURS = ['1', '8', '24', '72', '168', '336'] as const
const STARTS = ['message', 'failing'] as const
const NAMED = ['list', ...STARTS] as const

/** Windows that begin with something that happened; null: it didn't. */
export interface WindowStarts {
  /** That of a list's filter. */
  readonly list: ReplaySpan | null
  readonly message: string | null
  readonly failing: string | null
}

export interface ExactSpan {
  readonly since: string
  readonly until: string
}

/** What is chosen; a named window is fixed to instants at the moment that the dialog opened. */
export interface WindowChoice {
  readonly name: string
  readonly exact: ExactSpan
  readonly openedAtMs: number
  readonly starts: WindowStarts
}

export function firstWindow(starts: WindowStarts): string {
  return NAMED.find((name) => starts[name] !== null) ?? '24'
}

export function spanOf({ name, exact, openedAtMs, starts }: WindowChoice): ReplaySpan | null {
  const start = STARTS.find((known) => known === name)
  const until = new Date(openedAtMs).toISOString()
  if (name === 'list' && starts.list !== null)
    return { since: starts.list.since, until: starts.list.until ?? until }
  if (start !== undefined) {
    const since = starts[start]
    return since === null ? null : { since, until }
  }
  if (name === 'yesterday')
    return { since: startOfDay(openedAtMs, -1), until: startOfDay(openedAtMs, 0) }
  if (name !== 'exact')
    return { since: new Date(openedAtMs - Number(name) * HOUR_MS).toISOString(), until }
  if (exact.since === '') return null
  const end = exact.until === '' ? until : new Date(exact.until).toISOString()
  return { since: new Date(exact.since).toISOString(), until: end }
}

/** As the viewer's clock has it, which days of 23 and 25 hours are part of. */
function startOfDay(nowMs: number, days: number): string {
  const day = new Date(nowMs)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() + days)
  return day.toISOString()
}

export interface ReplayWindowProps {
  readonly choice: WindowChoice
  readonly onChange: (part: Partial<WindowChoice>) => void
}

export function ReplayWindow({ choice, onChange }: ReplayWindowProps) {
  const span = spanOf(choice)
  return (
    <>
      <Field label={t('recover.window')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={choice.name}
            onChange={(event) => onChange({ name: event.target.value })}
          >
            {NAMED.filter((name) => choice.starts[name] !== null).map((name) => (
              <option key={name} value={name}>
                {t(`recover.${name}`)}
              </option>
            ))}
            <option value="yesterday">{t('recover.yesterday')}</option>
            {HOURS.map((hours) => (
              <option key={hours} value={hours}>
                {t(`recover.hours.${hours}`)}
              </option>
            ))}
            <option value="exact">{t('recover.exact')}</option>
          </select>
        )}
      </Field>
      {choice.name === 'exact' && (
        <ExactFields value={choice.exact} onChange={(exact) => onChange({ exact })} />
      )}
      {span !== null && <SpanText span={span} />}
    </>
  )
}

function SpanText({ span }: { readonly span: ReplaySpan }) {
  const until = span.until === null ? t('recover.now') : formatTime(span.until)
  return (
    <p className="small soft">
      {formatTime(span.since)} – {until} ({formatUtc(span.since)}
      {span.until !== null && ` – ${formatUtc(span.until)}`})
    </p>
  )
}

interface ExactFieldsProps {
  readonly value: ExactSpan
  readonly onChange: (value: ExactSpan) => void
}

function ExactFields({ value, onChange }: ExactFieldsProps) {
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
