import { TrafficExportQuery } from '@posthorn/contracts'
import { type AppScope, exportTraffic, getTraffic, type TrafficCount } from '@posthorn/core'
import type { ApiContext } from '../context.ts'
import { type CsvCell, toCsv } from '../http/csv.ts'
import { endpointRoute } from './endpoint-route.ts'

const exportFile = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/traffic/csv',
  operationId: 'v1.traffic.export',
  summary: 'Success, volume and latency over a period, as a file of comma-separated values',
  tags: ['Traffic'],
  access: { of: 'application', capability: 'ViewBase' },
  query: TrafficExportQuery,
  response: { 200: null },
  handle: async (ctx, { scope, query }) => {
    const text = await (query.by === 'time' ? byTime : byKey)(ctx, scope, query)
    const name = `activity-${query.by}-${query.since === undefined ? query.period : 'own'}.csv`
    const bytes = new TextEncoder().encode(text)
    return { status: 200, file: { name, bytes, contentType: 'text/csv; charset=utf-8' } }
  },
})

const COUNTS = [
  'attempts_succeeded',
  'attempts_failed',
  'deliveries_given_up',
  'success_rate',
  'p50_ms',
  'p95_ms',
  'p99_ms',
] as const

async function byTime(
  ctx: ApiContext,
  scope: AppScope,
  { event_type: eventType, ...query }: TrafficExportQuery,
): Promise<string> {
  const { series } = await getTraffic(ctx, scope, { ...query, eventType })
  const rows = series.map((point) => [point.startsAt.toISOString(), ...counts(point)])
  return toCsv(['starts_at', ...COUNTS], rows)
}

async function byKey(
  ctx: ApiContext,
  scope: AppScope,
  { by, ...time }: TrafficExportQuery,
): Promise<string> {
  const kind = by === 'endpoint' ? 'endpoint' : 'event_type'
  const exported = await exportTraffic(ctx, scope, { ...time, kind })
  const named = kind === 'endpoint' ? ['endpoint_id', 'url', 'description'] : ['event_type']
  const rows = exported.map(({ key, endpoint, ...count }) => [
    key,
    ...(endpoint === null ? [] : [endpoint.url, endpoint.description]),
    ...counts(count),
  ])
  return toCsv([...named, ...COUNTS], rows)
}

function counts({
  succeeded,
  failed,
  exhausted,
  successRate,
  latencyMs,
}: TrafficCount): readonly CsvCell[] {
  const { p50 = null, p95 = null, p99 = null } = latencyMs ?? {}
  return [succeeded, failed, exhausted, successRate, p50, p95, p99]
}

export const trafficExportRoutes = [exportFile] as const
