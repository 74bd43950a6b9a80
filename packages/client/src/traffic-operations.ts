import type {
  EndpointDayList,
  TrafficCauseList,
  TrafficCount,
  TrafficOut,
  TrafficPeriod,
} from '@posthorn/contracts'
import type { Cancelable, QueryValues, Transport } from './send-request.ts'

export interface TrafficQuery {
  readonly period?: TrafficPeriod
  /** Instead of the period, both of them. */
  readonly since?: string
  readonly until?: string
  /** One of the two at most. */
  readonly endpoint?: string
  readonly event_type?: string
  readonly [name: string]: string | undefined
}

export interface TrafficPage<K extends string> {
  readonly data: (TrafficCount & Readonly<Record<K, string>>)[]
  readonly iterator: string | null
  readonly done: boolean
}

export function trafficOperations(transport: Transport, path: string) {
  return {
    get: (query: TrafficQuery, asked: Cancelable = {}) =>
      transport.json<TrafficOut>({ path, query, ...asked }),
    byEndpoint: (query: QueryValues, asked: Cancelable = {}) =>
      transport.json<TrafficPage<'endpointId'>>({
        path: `${path}/endpoint`,
        query,
        ...asked,
      }),
    /** Of those that are named, 50 at most. */
    endpointDays: (endpointIds: readonly string[], asked: Cancelable = {}) =>
      transport.json<EndpointDayList>({
        path: `${path}/endpoint-day`,
        query: { endpoint_ids: endpointIds.join(',') },
        ...asked,
      }),
    byEventType: (query: QueryValues, asked: Cancelable = {}) =>
      transport.json<TrafficPage<'eventType'>>({
        path: `${path}/event-type`,
        query,
        ...asked,
      }),
    /** Of the last day. */
    causes: (query: Partial<TrafficQuery>, asked: Cancelable = {}) =>
      transport.json<TrafficCauseList>({ path: `${path}/cause`, query, ...asked }),
    /** A file of comma-separated values. */
    csv: (query: QueryValues, asked: Cancelable = {}) =>
      transport.blob({ path: `${path}/csv`, query, ...asked }),
  }
}
