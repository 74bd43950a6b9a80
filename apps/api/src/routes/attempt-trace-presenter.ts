import type { AttemptTrace } from '@posthorn/contracts'
import type { AppScope, AttemptRecord } from '@posthorn/core'

/** Null also where the address is one that isn't sent to, should a row ever have it. */
export function remoteAddressOf({ code, timing }: AttemptRecord): string | null {
  return code === 'blocked_address' ? null : textOf(timing, 'address')
}

/** What says more of this installation than of the endpoint: to whoever uses the console, not to customers and keys. */
export function presentTrace(
  { timing }: AttemptRecord,
  { actor }: Pick<AppScope, 'actor'>,
): AttemptTrace | null {
  if (actor.kind !== 'user') return null
  return { worker: textOf(timing, 'worker'), errno: textOf(timing, 'errno') }
}

function textOf(timing: unknown, name: 'address' | 'worker' | 'errno'): string | null {
  const value: unknown = new Map(Object.entries(Object(timing))).get(name)
  return typeof value === 'string' ? value : null
}
