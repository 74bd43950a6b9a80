import type { BackgroundTaskOut } from '@posthorn/contracts'
import { formatCountdown, formatNumber } from './format-time.ts'
import { t } from './words.ts'

/** How fast a task goes and how long it has to; nothing while that can't be told. */
export function TaskPace({ task }: { readonly task: BackgroundTaskOut }) {
  const { pace } = task.progress
  if (pace === null) return null
  const { perSecond, secondsLeft } = pace
  const rounded = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)
  return (
    <p className="small soft" data-pace="">
      {t('pace.perSecond', { n: formatNumber(rounded) })}
      {secondsLeft !== null && ` · ${t('pace.left', { time: formatCountdown(secondsLeft) })}`}
    </p>
  )
}
