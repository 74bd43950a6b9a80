/**
 * How busy one endpoint is, and how many attempts it may have in flight. Quick endpoints get the full cap;
 * slow ones a share that shrinks with their latency, never below four, so that they can't fill the worker:
 *
 *   typical latency   ≤ 0.5 s   1 s    4 s    ≥ 16 s
 *   of the full cap    1/1      1/2    1/8    the floor
 *
 * An endpoint with several attempts in flight of which none has ended for two seconds counts as slow at once.
 */
export class EndpointLoad {
  /** Where it was sent to last. */
  host: string
  inFlight = 0
  #typicalMs = 0
  #lastProgressAtMs = 0

  constructor(host: string) {
    this.host = host
  }

  begin(nowMs: number): void {
    if (this.inFlight === 0) this.#lastProgressAtMs = nowMs
    this.inFlight++
  }

  /** `tookMs` is null when nothing was sent after all. */
  end(nowMs: number, tookMs: number | null): void {
    this.inFlight--
    if (tookMs === null) return
    this.#lastProgressAtMs = nowMs
    this.#typicalMs += (tookMs - this.#typicalMs) * (tookMs > this.#typicalMs ? RISE : FALL)
  }

  cap(fullCap: number, nowMs: number): number {
    if (this.#isStuck(nowMs)) return Math.min(fullCap, MIN_CAP)
    const share = this.#typicalMs <= QUICK_MS ? 1 : QUICK_MS / this.#typicalMs
    return Math.min(fullCap, Math.max(MIN_CAP, Math.floor(fullCap * share)))
  }

  #isStuck(nowMs: number): boolean {
    return this.inFlight >= STUCK_IN_FLIGHT && nowMs - this.#lastProgressAtMs > STUCK_MS
  }
}

const MIN_CAP = 4
const QUICK_MS = 500
const STUCK_IN_FLIGHT = 8
const STUCK_MS = 2_000
// Slowness is believed sooner than recovery.
const RISE = 0.3
const FALL = 0.1
