import type { BackgroundTaskOut } from '@posthorn/contracts'
import { taskState } from '@posthorn/ui'
import { t } from '../../lib/text.ts'

/** One that waits for a second person is paused, too: what it waits for says more. */
export function stateText(task: BackgroundTaskOut): string {
  return task.approval?.isWaiting === true ? t('approval.waits') : t(`recovery.${taskState(task)}`)
}
