import type { AttemptTiming } from './outcome.ts'

/** Which way an attempt went, beside what it came to. Whoever runs us may see all of it. */
export interface AttemptTrace {
  /** `host:pid` of the process that made it, or that lost it. */
  readonly worker: string
  /** That was connected to, or that could not be; null also where the address is one that isn't sent to. */
  readonly remoteAddress: string | null
  /** How far it came, if it failed on the way. */
  readonly phase: string | null
  /** What the network, DNS or TLS called the failure; of a time limit of ours, our name for it. */
  readonly errno: string | null
  /** For the log alone: a blocked address, the dates of a certificate, the first bytes of what isn't HTTP. */
  readonly seen: Readonly<Record<string, string>> | null
}

/** Of an attempt that nothing was sent for. */
export function traceOfUnsent(worker: string): AttemptTrace {
  return { worker, remoteAddress: null, phase: null, errno: null, seen: null }
}

/**
 * The JSON of an attempt's column `timing`. It is in every row: what is null is left out, and of a millisecond
 * no more is kept than the clock can tell.
 */
export function timingText(timing: AttemptTiming | null, trace: AttemptTrace): string {
  return JSON.stringify({
    dnsMs: rounded(timing?.dnsMs),
    connectMs: rounded(timing?.connectMs),
    tlsMs: rounded(timing?.tlsMs),
    waitMs: rounded(timing?.waitMs),
    bodyMs: rounded(timing?.bodyMs),
    totalMs: rounded(timing?.totalMs),
    address: trace.remoteAddress ?? undefined,
    errno: trace.errno ?? undefined,
    worker: trace.worker,
  })
}

function rounded(ms: number | null | undefined): number | undefined {
  return ms == null ? undefined : Math.round(ms * 1000) / 1000
}
