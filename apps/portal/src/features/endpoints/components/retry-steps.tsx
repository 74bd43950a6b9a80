import type { DeliveryRulesOut } from '@posthorn/contracts/delivery-rules'
import { formatSpan } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { roundedSeconds } from '../../../lib/rounded-seconds.ts'
import { t } from '../../../lib/text.ts'
import { useDeliveryRules } from '../../../lib/use-delivery-rules.ts'

interface RetryStepsProps {
  /** Seconds before each retry; null: as the installation has it. */
  readonly own: readonly number[] | null
}

/** When the attempts are made as long as none succeeds: after the one before, and after the first. */
export function RetrySteps({ own }: RetryStepsProps) {
  const query = useDeliveryRules()
  // Half of a schedule that is being typed.
  if (own !== null && !own.every((seconds) => seconds >= 0)) return null
  return (
    <QueryView query={query} rows={4}>
      {({ retrySchedule, retryJitter }) => (
        <Steps waits={own ?? retrySchedule} retryJitter={retryJitter} />
      )}
    </QueryView>
  )
}

interface StepsProps extends Pick<DeliveryRulesOut, 'retryJitter'> {
  readonly waits: readonly number[]
}

function Steps({ waits, retryJitter }: StepsProps) {
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('retrySteps.attempt')}</th>
            <th scope="col">{t('retrySteps.wait')}</th>
            <th scope="col">{t('retrySteps.sinceFirst')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td data-label={t('retrySteps.attempt')}>1</td>
            <td>{t('retrySteps.atOnce')}</td>
            <td className="cell-none">–</td>
          </tr>
          {waits.map((seconds, index) => (
            // A step is known by its place alone.
            <tr key={index}>
              <td data-label={t('retrySteps.attempt')}>{index + 2}</td>
              <td data-label={t('retrySteps.wait')}>{formatSpan(seconds)}</td>
              <td data-label={t('retrySteps.sinceFirst')}>
                {aboutText(waits.slice(0, index + 1))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {waits.length > 0 && (
        <p className="small soft">
          {t('retrySteps.jitter', { percent: Math.round(retryJitter * 100) })}
        </p>
      )}
    </>
  )
}

function aboutText(waits: readonly number[]): string {
  const seconds = waits.reduce((sum, wait) => sum + wait, 0)
  return t('retrySteps.about', { time: formatSpan(roundedSeconds(seconds)) })
}
