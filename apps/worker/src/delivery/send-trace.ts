import type { AttemptTrace } from '@posthorn/core'
import type { SendResult } from '@posthorn/safe-http'

/** Which way a request went, as the transport saw it. */
export function toTrace(worker: string, result: SendResult): AttemptTrace {
  if (result.kind === 'response') {
    const { remoteAddress } = result
    return { worker, remoteAddress, phase: null, errno: null, seen: null }
  }
  const { code, phase, log, remoteAddress = null } = result
  const { errno = 'unknown', rcode = errno, ...seen } = log
  return {
    worker,
    // An address that isn't sent to is told to no one but the log, whatever the transport says.
    remoteAddress: code === 'blocked_address' ? null : remoteAddress,
    phase,
    errno: rcode === 'unknown' ? null : rcode,
    seen: Object.keys(seen).length > 0 ? seen : null,
  }
}
