import { formatCount } from '../../../lib/format-figure.ts'
import { t } from '../../../lib/text.ts'

interface AttemptCountProps {
  readonly succeeded: number
  readonly failed: number
}

export function AttemptCount({ succeeded, failed }: AttemptCountProps) {
  return (
    <>
      {formatCount(succeeded + failed)}
      {failed > 0 && (
        <div className="small soft">
          {t('eventTypes.attempts.failed', { n: formatCount(failed) })}
        </div>
      )}
    </>
  )
}
