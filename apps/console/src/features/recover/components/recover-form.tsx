import type { RecoverManyEstimateOut } from '@posthorn/contracts'
import { Button, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import '../recover.css'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useRecoverEstimate, useStartRecover } from '../api/recover-queries.ts'
import { describeSelection, type Selection } from '../selection.ts'
import { firstChoice, type Span, spanOf } from '../window.ts'
import { countText, Estimate } from './estimate.tsx'
import { isRefused, Refusal } from './refusal.tsx'
import { RetryMany } from './retry-many.tsx'
import { TryOne } from './try-one.tsx'
import { WindowField } from './window-field.tsx'

export interface RecoverFormProps {
  readonly selection: Selection
  readonly failingSince: string | null
}

/** Which time, how fast, how much that is; then it starts. */
export function RecoverForm({ selection, failingSince }: RecoverFormProps) {
  const [choice, setChoice] = useState(() => firstChoice(failingSince))
  const [pace, setPace] = useState('')
  const span = spanOf(choice)
  const estimate = useRecoverEstimate(selection, span)
  const perSecond = readPace(pace)
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
        <PaceField value={pace} onChange={setPace} />
      </section>
      {span !== null && (
        <div aria-live="polite">
          {isRefused(estimate.error) ? (
            <Refusal error={estimate.error} />
          ) : (
            <>
              {estimate.isLoading && <p className="soft">{t('estimate.counting')}</p>}
              <QueryView query={estimate}>
                {(found) => (
                  <section className="card stack">
                    <Estimate found={found} perSecond={perSecond ?? null} />
                    <RetryMany {...{ found, selection, span }} />
                    <TryOne key={span.since} recount={estimate.refetch} {...{ found, span }} />
                    {found.count > 0 && perSecond !== undefined && (
                      <StartButton {...{ found, selection, span, perSecond }} />
                    )}
                  </section>
                )}
              </QueryView>
            </>
          )}
        </div>
      )}
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

interface StartProps {
  readonly found: RecoverManyEstimateOut
  readonly selection: Selection
  readonly span: Span
  readonly perSecond: number | null
}

/** So many that nobody should send them by a slip. */
const MANY = 1_000

function StartButton({ found, ...started }: StartProps) {
  const start = useStartRecover()
  const [isAsking, setIsAsking] = useState(false)
  const isMany = found.count > MANY
  const label =
    found.count === 1 ? t('recover.start.one') : t('recover.start', { n: countText(found) })
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
          title={t('recover.many.title', { n: countText(found) })}
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
