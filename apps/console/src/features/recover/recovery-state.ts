import type { BackgroundTaskOut } from '@posthorn/contracts'

export type RecoveryState = 'running' | 'paused' | 'finished' | 'failed' | 'canceled'

export function stateOf({ status, canceledAt, pausedAt }: BackgroundTaskOut): RecoveryState {
  if (canceledAt !== null) return 'canceled'
  return status === 'running' && pausedAt !== null ? 'paused' : status
}

export const TONES = {
  running: 'idle',
  paused: 'warn',
  finished: 'good',
  failed: 'bad',
  canceled: 'warn',
} as const
