import type { NewestAttempt } from '@posthorn/contracts'
import { formatMs, triggerText } from '@posthorn/ui'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'

interface NumberCellProps {
  readonly attempt: Pick<NewestAttempt, 'attemptNumber' | 'triggerType'>
  /** That its schedule has; one that was made longer ago may be a later one than it has now. */
  readonly atMost: number | null | undefined
  /** Its own page, where nothing else in the row leads there. */
  readonly to?: string
}

/** Of a row: which attempt it was, of how many, and what it was made for. */
export function NumberCell({ attempt, atMost, to }: NumberCellProps) {
  const { attemptNumber: n } = attempt
  const text =
    atMost == null || n > atMost ? t('attempts.nth', { n }) : t('attempts.nthOf', { n, atMost })
  return (
    <td>
      {to === undefined ? (
        text
      ) : (
        <Link className="strong-link" to={to}>
          {text}
        </Link>
      )}
      <div className="small soft">{triggerText(attempt)}</div>
    </td>
  )
}

interface ResponseCellProps {
  readonly attempt: Pick<NewestAttempt, 'responseStatusCode' | 'responseDurationMs'>
}

/** Of a row: the code of the answer, and how long all of it took. */
export function ResponseCell({ attempt }: ResponseCellProps) {
  const code = attempt.responseStatusCode || t('attempts.noResponse')
  return (
    <td data-label={t('attempts.column.response')} className="cell-whole">
      {code} · {formatMs(attempt.responseDurationMs)}
    </td>
  )
}
