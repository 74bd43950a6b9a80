import type { BackgroundTaskOut } from '@posthorn/contracts'
import type { Tone } from './badge.tsx'

export type TaskState = 'running' | 'paused' | 'finished' | 'failed' | 'canceled'

/** The SDKs know no word for a task that was canceled or is held: its moments tell. */
export function taskState({ status, canceledAt, pausedAt }: BackgroundTaskOut): TaskState {
  if (canceledAt !== null) return 'canceled'
  return status === 'running' && pausedAt !== null ? 'paused' : status
}

export const TASK_TONES: Readonly<Record<TaskState, Tone>> = {
  running: 'idle',
  paused: 'warn',
  finished: 'good',
  failed: 'bad',
  canceled: 'warn',
}
