import { causeSentence, formatNumber, VisibleText } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { useFailures } from '../api/use-failures.ts'

export interface FailuresByCauseProps {
  readonly endpointId: string
  /** Where nothing failed, nothing is asked for. */
  readonly isOn: boolean
}

/** What the newest attempts failed for. */
export function FailuresByCause({ endpointId, isOn }: FailuresByCauseProps) {
  const { data } = useFailures(endpointId, { isOn })
  if (!isOn || data === undefined || data.byCause.length === 0) return null
  return (
    <div className="card stack stack-small">
      <h3>{t('stats.causes', { n: formatNumber(data.attempts) })}</h3>
      <ul className="plain-list">
        {data.byCause.map(({ newest, count }) => (
          <li className="row" key={newest.outcome.code}>
            <strong className="figure-small">{formatNumber(count)}</strong>
            <VisibleText text={causeSentence(newest)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
