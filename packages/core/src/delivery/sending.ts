import type { Database } from '@posthorn/db'
import { BoundedCache } from '@posthorn/runtime'
import { announceChange } from '../changes/change.ts'

/** What a request is about: room beside others to its host, its name, connection, TLS, the answer's head, its body. */
export type SendingPhase = 'queue' | 'dns' | 'connect' | 'tls' | 'wait' | 'body'

export interface BegunPhase {
  readonly phase: SendingPhase
  readonly at: string
}

/** A request that is on its way, by the lease under which it is sent. */
export interface Sending {
  readonly leaseToken: string
  readonly messageId: string
  readonly endpointId: string
  /** So far, in their order. */
  readonly begun: readonly BegunPhase[]
}

/** Tells whoever may be asked for it. It is written down nowhere: what isn't heard is not known. */
export function announceSending(db: Database, sending: Sending): Promise<void> {
  return announceChange(db.prisma, { kind: 'sending', sending })
}

const KEPT = 2_000

/** What this process heard of requests that are on their way. What is over stays until newer ones push it out. */
export class SendingsHeard {
  readonly #begun = new BoundedCache<string, readonly BegunPhase[]>(KEPT)

  hear({ begun, ...sending }: Sending): void {
    this.#begun.set(keyOf(sending), begun)
  }

  /** Null: nothing was heard. A lease is never taken twice, so nothing of an earlier attempt is. */
  find(sending: Omit<Sending, 'begun'>): readonly BegunPhase[] | null {
    return this.#begun.get(keyOf(sending)) ?? null
  }
}

function keyOf({ leaseToken, messageId, endpointId }: Omit<Sending, 'begun'>): string {
  return `${leaseToken} ${messageId} ${endpointId}`
}
