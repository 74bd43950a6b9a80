import { type Attempt, codeOf, type Recorded } from '@posthorn/core'
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
const BATCH_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500]

export function createWorkerMetrics(registry: Registry, gauges: WorkerGauges): WorkerMetrics {
  const registers = [registry]
  const attempts = new Counter({
    name: 'posthorn_attempts_total',
    help: 'Attempts by outcome code (ok for a plain success) and trigger.',
    labelNames: ['code', 'trigger'],
    registers,
  })
  const duration = new Histogram({
    name: 'posthorn_attempt_duration_seconds',
    help: 'Time of one attempt, from resolving the name to the end of the answer.',
    buckets: LATENCY_BUCKETS,
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
  // Looking labels up costs more than counting: each combination is kept, and codes are a closed set.
  const counters = new Map<string, Counter.Internal>()
  const counterOf = (code: string, trigger: string): Counter.Internal => {
    const key = `${code} ${trigger}`
    const known = counters.get(key) ?? attempts.labels({ code, trigger })
    counters.set(key, known)
    return known
  }
  return {
    attempted(attempt, recorded) {
      counterOf(codeOf(attempt.outcome) ?? 'ok', attempt.delivery.trigger).inc()
      const timing = 'timing' in attempt.outcome ? attempt.outcome.timing : null
      if (timing !== null) duration.observe(timing.totalMs / 1000)
      if (recorded !== 'recorded') fenced.inc()
    },
    rescued: (deliveries) => rescued.inc(deliveries),
    recordBatch: (count) => batches.observe(count),
  }
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
