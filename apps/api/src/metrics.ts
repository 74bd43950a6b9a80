import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { HandledRequest } from './events.ts'

export interface ApiMetrics {
  readonly registry: Registry
  handled(request: HandledRequest): void
  publishBatch(messages: number): void
}

export interface ApiGauges {
  readonly waitingPublishes: () => number
  readonly databaseBytes: () => Promise<number>
}

const LATENCY_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const BATCH_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500]

export function createApiMetrics(gauges: ApiGauges): ApiMetrics {
  const registry = new Registry()
  const registers = [registry]
  const accepted = new Counter({
    name: 'posthorn_messages_accepted_total',
    help: 'Publishes answered with 202.',
    registers,
  })
  const requests = new Histogram({
    name: 'posthorn_http_request_duration_seconds',
    help: 'Time to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: LATENCY_BUCKETS,
    registers,
  })
  const batches = new Histogram({
    name: 'posthorn_publish_batch_size',
    help: 'Messages stored by one statement.',
    buckets: BATCH_BUCKETS,
    registers,
  })
  registerGauges(registers, gauges)
  // Looking labels up costs more than observing: each combination is kept. Rows, methods and statuses are few.
  const observers = new Map<string, Histogram.Internal<string>>()
  const observerOf = (key: string, labels: Record<string, string | number>) => {
    const known = observers.get(key) ?? requests.labels(labels)
    observers.set(key, known)
    return known
  }
  return {
    registry,
    handled({ method, route, status, durationMs, messageId }) {
      observerOf(`${method} ${route} ${status}`, { method, route, status }).observe(
        durationMs / 1000,
      )
      if (messageId !== undefined && status === 202) accepted.inc()
    },
    publishBatch: (messages) => batches.observe(messages),
  }
}

function registerGauges(registers: Registry[], gauges: ApiGauges): void {
  new Gauge({
    name: 'posthorn_publishes_waiting',
    help: 'Publishes that wait for a commit.',
    registers,
    collect() {
      this.set(gauges.waitingPublishes())
    },
  })
  new Gauge({
    name: 'posthorn_database_bytes',
    help: 'Disk that the database uses.',
    registers,
    async collect() {
      this.set(await gauges.databaseBytes().catch(() => Number.NaN))
    },
  })
}
