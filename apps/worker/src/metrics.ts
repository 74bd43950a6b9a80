import { type Attempt, codeOf, type Recorded } from '@posthorn/core'
import { idTimeMs } from '@posthorn/runtime'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface WorkerMetrics {
  attempted(attempt: Attempt, recorded: Recorded): void
  rescued(deliveries: number): void
  recordBatch(attempts: number): void
}

export interface WorkerGauges {
  readonly inFlight: () => number
  /** Seconds that the longest overdue delivery is late, as of the last sweep. */
  readonly oldestDueSeconds: () => number
  readonly queueWaitingIds: () => number
  readonly isPaused: () => boolean
}

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]
const LAG_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]
const BATCH_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500]

export function createWorkerMetrics(registry: Registry, gauges: WorkerGauges): WorkerMetrics {
  const registers = [registry]
  const count = attemptCounter(registers)
  const duration = new Histogram({
    name: 'posthorn_attempt_duration_seconds',
    help: 'Time of one attempt, from resolving the name to the end of the answer.',
    buckets: LATENCY_BUCKETS,
    registers,
  })
  const lag = new Histogram({
    name: 'posthorn_delivery_lag_seconds',
    help: 'From the acceptance of a message to its first attempt, with what it waited for a limit or a breaker.',
    buckets: LAG_BUCKETS,
    registers,
  })
  const fenced = new Counter({
    name: 'posthorn_attempts_fenced_total',
    help: 'Records that came after their lease had passed on, or could not be written before it ended.',
    registers,
  })
  const rescued = new Counter({
    name: 'posthorn_deliveries_rescued_total',
    help: 'Deliveries taken over from leases that ran out.',
    registers,
  })
  const batches = new Histogram({
    name: 'posthorn_record_batch_size',
    help: 'Attempts recorded by one statement.',
    buckets: BATCH_BUCKETS,
    registers,
  })
  registerGauges(registers, gauges)
  return {
    attempted(attempt, recorded) {
      count(attempt)
      const lagMs = lagOf(attempt)
      if (lagMs !== null) lag.observe(lagMs / 1000)
      const timing = 'timing' in attempt.outcome ? attempt.outcome.timing : null
      if (timing !== null) duration.observe(timing.totalMs / 1000)
      if (recorded !== 'recorded') fenced.inc()
    },
    rescued: (deliveries) => rescued.inc(deliveries),
    recordBatch: (count) => batches.observe(count),
  }
}

function attemptCounter(registers: Registry[]): (attempt: Attempt) => void {
  const attempts = new Counter({
    name: 'posthorn_attempts_total',
    help: 'Attempts by outcome (delivered, failed, canceled), code (ok: nothing to tell) and trigger.',
    labelNames: ['outcome', 'code', 'trigger'],
    registers,
  })
  // Looking labels up costs more than counting: each combination is kept, and codes are a closed set.
  const counters = new Map<string, Counter.Internal>()
  return ({ outcome: { kind }, outcome, delivery: { trigger } }) => {
    const code = codeOf(outcome) ?? 'ok'
    const key = `${kind} ${code} ${trigger}`
    const known =
      counters.get(key) ?? attempts.labels({ outcome: OUTCOMES[kind] ?? 'failed', code, trigger })
    counters.set(key, known)
    known.inc()
  }
}

const OUTCOMES: Readonly<Record<string, string>> = { delivered: 'delivered', canceled: 'canceled' }

/** Of a first attempt that was sent, to 4 ms; null: of any other. */
function lagOf({ id, delivery, outcome }: Attempt): number | null {
  const isSent = outcome.kind === 'delivered' || outcome.kind === 'refused'
  if (!isSent || delivery.attemptNumber !== 1 || delivery.trigger !== 'scheduled') return null
  const [acceptedMs, startedMs] = [idTimeMs('msg_', delivery.messageId), idTimeMs('atmpt_', id)]
  return acceptedMs === null || startedMs === null ? null : Math.max(0, startedMs - acceptedMs)
}

function registerGauges(registers: Registry[], gauges: WorkerGauges): void {
  gauge(
    registers,
    { name: 'posthorn_in_flight', help: 'Attempts in flight in this worker.' },
    gauges.inFlight,
  )
  gauge(
    registers,
    {
      name: 'posthorn_oldest_due_seconds',
      help: 'How late the longest overdue delivery is, as the leading worker last saw it.',
    },
    gauges.oldestDueSeconds,
  )
  gauge(
    registers,
    { name: 'posthorn_queue_waiting_ids', help: 'Delivery ids that wait in the queue, about.' },
    gauges.queueWaitingIds,
  )
  gauge(
    registers,
    {
      name: 'posthorn_deliveries_paused',
      help: '1 while this worker begins no delivery because they are paused, else 0.',
    },
    () => Number(gauges.isPaused()),
  )
}

interface GaugeText {
  readonly name: string
  readonly help: string
}

function gauge(registers: Registry[], text: GaugeText, read: () => number): void {
  new Gauge({
    ...text,
    registers,
    collect() {
      this.set(read())
    },
  })
}
