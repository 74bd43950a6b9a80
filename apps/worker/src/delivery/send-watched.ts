import type { ClaimedDelivery } from '@posthorn/core'
import type { BegunPhase, Sending, SendingPhase } from '@posthorn/core/sending'
import type { Clock } from '@posthorn/runtime'
import type { SafeClient, SafeRequest, SendPhase, SendResult } from '@posthorn/safe-http'

export interface WatchContext {
  readonly clock: Clock
  readonly sender: Pick<SafeClient, 'send'>
  /** How far it is; whoever waits for its answer may ask for it. */
  readonly tellSending: (sending: Sending) => void
}

/** Sooner, its answer is what anybody would see first. */
const QUICK_MS = 250

/** Of tests and of what is sent again one by one: somebody may look on. Of all else nobody does, and it costs nothing. */
export function isLookedOn({ trigger, taskId }: ClaimedDelivery): boolean {
  return trigger === 'manual' && taskId === null
}

/** Sends, and tells of each phase as it begins once it takes longer than a moment. */
export async function sendWatched(
  ctx: WatchContext,
  delivery: ClaimedDelivery,
  request: SafeRequest,
): Promise<SendResult> {
  using watch = new PhaseWatch(ctx, delivery)
  return await ctx.sender.send({ ...request, onPhase: (phase) => watch.see(phase) })
}

class PhaseWatch implements Disposable {
  readonly #ctx: WatchContext
  readonly #delivery: ClaimedDelivery
  readonly #timer: NodeJS.Timeout
  #begun: readonly BegunPhase[] = []
  #isTold = false

  constructor(ctx: WatchContext, delivery: ClaimedDelivery) {
    this.#ctx = ctx
    this.#delivery = delivery
    this.#timer = setTimeout(() => {
      this.#isTold = true
      this.#tell()
    }, QUICK_MS)
  }

  see(phase: SendPhase): void {
    if (phase === 'check') return
    const at = new Date(this.#ctx.clock.nowMs()).toISOString()
    this.#begun = [...before(this.#begun, phase), { phase, at }]
    if (this.#isTold) this.#tell()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }

  #tell(): void {
    const { leaseToken, messageId, endpoint } = this.#delivery
    this.#ctx.tellSending({ leaseToken, messageId, endpointId: endpoint.id, begun: this.#begun })
  }
}

const ORDER: readonly SendingPhase[] = ['queue', 'dns', 'connect', 'tls', 'wait', 'body']

// On a connection that was gone, a request begins once more: what came of it there is over.
function before(begun: readonly BegunPhase[], phase: SendingPhase): BegunPhase[] {
  return begun.filter((earlier) => ORDER.indexOf(earlier.phase) < ORDER.indexOf(phase))
}
