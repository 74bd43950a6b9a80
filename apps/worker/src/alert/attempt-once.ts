import { decideNextNotification, type NotificationKind } from '@posthorn/core/alert'
import type { OutboxEnd } from '@posthorn/db/alert'
import type { Sent } from './sent.ts'
import { storable } from './storable.ts'

/** Longer than an attempt may take: whoever dies in one delays it by this much. */
export const LEASE_SECONDS = 60

export interface Attempt {
  readonly kind: NotificationKind
  /** Which one it is, from 1. */
  readonly attempt: number
  readonly send: () => Promise<Sent>
  /** Hears what is our own fault. */
  readonly onError: (err: unknown) => void
}

/** One attempt to send a row, and what follows: it was sent, is tried again later, or is given up. */
export async function attemptOnce({
  kind,
  attempt,
  send,
  onError,
}: Attempt): Promise<Pick<OutboxEnd, 'status' | 'inSeconds' | 'error'>> {
  const sent = await send().catch((err: unknown): Sent => {
    onError(err)
    return { isSent: false, error: 'Our fault: the log of the worker says more.' }
  })
  if (sent.isSent) return { status: 'sent', inSeconds: 0, error: sent.note }
  return { ...decideNextNotification(kind, attempt), error: storable(sent.error) }
}
