import { Counter, Histogram, Registry } from 'prom-client'
import type { HandledRequest } from './events.ts'

export interface IngestMetrics {
  readonly registry: Registry
  handled(request: HandledRequest): void
}

const LATENCY_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createIngestMetrics(): IngestMetrics {
  const registry = new Registry()
  const registers = [registry]
  const received = new Counter({
    name: 'posthorn_webhooks_received_total',
    help: 'Requests to sources, by outcome and status.',
    labelNames: ['outcome', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'posthorn_webhook_duration_seconds',
    help: 'Time to answer a request to a source that was accepted.',
    buckets: LATENCY_BUCKETS,
    registers,
  })
  return {
    registry,
    handled({ outcome, status, durationMs }) {
      received.inc({ outcome, status })
      if (outcome === 'accepted') duration.observe(durationMs / 1000)
    },
  }
}
