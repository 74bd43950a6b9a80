import type { BackgroundTaskOut } from '@posthorn/contracts'
import type { Tone } from '@posthorn/ui'

export type TaskState = 'running' | 'paused' | 'finished' | 'failed' | 'canceled'

/** The SDKs know no word for a task that was canceled or is held: its moments tell. */
export function stateOf({ status, canceledAt, pausedAt }: BackgroundTaskOut): TaskState {
  if (canceledAt !== null) return 'canceled'
  return status === 'running' && pausedAt !== null ? 'paused' : status
}

export function isUnderWay(task: BackgroundTaskOut): boolean {
  return task.status === 'running'
}

/** From 0 to 1; by the time that is covered where nobody counted how much there is. */
export function fractionOf({ progress }: BackgroundTaskOut): number {
  const { done, skipped, total, fraction } = progress
  return total === null || total === 0 ? fraction : (done + skipped) / total
}

export const TONES: Readonly<Record<TaskState, Tone>> = {
  running: 'idle',
  paused: 'warn',
  finished: 'good',
  failed: 'bad',
  canceled: 'warn',
}
