import type { OutboxEnd } from '@posthorn/db/alert'
import type { NotificationKind } from './alert-content.ts'

/** After each failed attempt, until the next: eight attempts within four hours. */
const RETRY_SECONDS = [5, 30, 120, 600, 1_800, 3_600, 7_200] as const

/** What becomes of a notification whose attempt failed. A test tells its outcome at once. */
export function decideNextNotification(
  kind: NotificationKind,
  attempt: number,
): Pick<OutboxEnd, 'status' | 'inSeconds'> {
  const inSeconds = kind === 'test' ? undefined : RETRY_SECONDS[attempt - 1]
  if (inSeconds === undefined) return { status: 'failed', inSeconds: 0 }
  return { status: 'pending', inSeconds }
}
