import type { RecoverManyEstimateOut } from '@posthorn/contracts'
import { Button, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import '../recover.css'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Start, useRecoverEstimate, useStartRecover } from '../api/recover-queries.ts'
import { describeSelection, type Selection } from '../selection.ts'
import { firstChoice, spanOf } from '../window.ts'
import { countOf, Estimate } from './estimate.tsx'
import { isRefused, Refusal } from './refusal.tsx'
import { RetryMany } from './retry-many.tsx'
import { TryOne } from './try-one.tsx'
import { TypesField } from './types-field.tsx'
import { WindowField } from './window-field.tsx'

export interface RecoverFormProps {
  readonly selection: Selection
  readonly failingSince: string | null
  /** Empty: all. */
  readonly ofTypes: readonly string[]
}

/** Which time, how fast, how much that is; then it starts. */
export function RecoverForm({ selection, failingSince, ofTypes }: RecoverFormProps) {
  const [choice, setChoice] = useState(() => firstChoice(failingSince))
  const [types, setTypes] = useState<readonly string[] | null>(ofTypes)
  const [pace, setPace] = useState('')
  const span = spanOf(choice)
  return (
    <>
      <section className="card stack">
        <p className="row row-between">
          <strong className="anywhere">
            <VisibleText text={describeSelection(selection)} />
          </strong>
          <Link to="/recover">{t('recover.others')}</Link>
        </p>
        <WindowField
          choice={choice}
          onChange={(part) => setChoice((before) => ({ ...before, ...part }))}
        />
        <TypesField types={types} onChange={setTypes} />
        <PaceField value={pace} onChange={setPace} />
      </section>
      {span !== null && types !== null && (
        <div aria-live="polite">
          <Counted {...{ selection, types, span }} perSecond={readPace(pace)} />
        </div>
      )}
    </>
  )
}

interface CountedProps extends Omit<Start, 'perSecond'> {
  /** Undefined: none that there is. */
  readonly perSecond: number | null | undefined
}

/** How much that is, before any of it is sent. */
function Counted({ selection, types, span, perSecond }: CountedProps) {
  const estimate = useRecoverEstimate(selection, types, span)
  if (isRefused(estimate.error)) return <Refusal error={estimate.error} />
  return (
    <>
      {estimate.isLoading && <p className="soft">{t('estimate.counting')}</p>}
      <QueryView query={estimate}>
        {(found) => (
          <section className="card stack">
            <Estimate found={found} perSecond={perSecond ?? null} />
            <RetryMany {...{ found, selection, types, span }} />
            <TryOne
              key={[span.since, ...types].join()}
              recount={estimate.refetch}
              {...{ found, span, types }}
            />
            {found.count > 0 && perSecond !== undefined && (
              <StartButton {...{ found, selection, types, span, perSecond }} />
            )}
          </section>
        )}
      </QueryView>
    </>
  )
}

const MOST = 1_000

interface PaceProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function PaceField({ value, onChange }: PaceProps) {
  return (
    <TextField
      label={t('recover.pace')}
      hint={t('recover.pace.hint')}
      type="number"
      min={1}
      max={MOST}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={readPace(value) === undefined ? t('recover.pace.fault') : undefined}
    />
  )
}

/** Null: at the endpoints' own pace; undefined: none that there is. */
function readPace(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text)
  return Number.isInteger(value) && value >= 1 && value <= MOST ? value : undefined
}

interface StartProps extends Start {
  readonly found: RecoverManyEstimateOut
}

/** So many that nobody should send them by a slip. */
const MANY = 1_000

function StartButton({ found, ...started }: StartProps) {
  const start = useStartRecover()
  const [isAsking, setIsAsking] = useState(false)
  const isMany = found.count > MANY
  const label = t('recover.start', { n: countOf(found) })
  return (
    <>
      <Refusal error={start.error} />
      <div className="row">
        <Button
          kind="primary"
          disabled={start.isPending || start.isSuccess}
          onClick={() => (isMany ? setIsAsking(true) : start.mutate(started))}
        >
          {label}
        </Button>
        <span className="small soft">{t('recover.sameId')}</span>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t('recover.many.title', { n: countOf(found) })}
          action={label}
          onConfirm={() => start.mutateAsync(started)}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('recover.many.text')}</p>
          {found.isCapped && <p>{t('recover.many.second')}</p>}
        </ConfirmDialog>
      )}
    </>
  )
}
