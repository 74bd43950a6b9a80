import type { BackgroundTaskOut } from '@posthorn/contracts'
import { formatNumber } from '@posthorn/ui'
import { hasText, t } from '../../../lib/text.ts'

/** In words; a kind that has none is named as the api names it. */
export function taskName({ task, data }: BackgroundTaskOut): string {
  const isOverMany = data['endpoints'] !== undefined
  const key = `tasks.type.${task}${isOverMany ? '.many' : ''}`
  return hasText(key) ? t(key) : task
}

/** What was sent on its way so far, of how much. */
export function TaskCounts({ task: { progress } }: { readonly task: BackgroundTaskOut }) {
  const { done, total, skipped } = progress
  const n = formatNumber(done)
  return (
    <>
      {total === null
        ? t('tasks.done', { n })
        : t('tasks.doneOf', { n, total: formatNumber(total) })}
      {skipped > 0 && ` ${t('tasks.skipped', { n: formatNumber(skipped) })}`}
    </>
  )
}
