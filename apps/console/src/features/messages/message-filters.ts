import type { QueryValues } from '@posthorn/client'
import { navigate, usePlace } from '../../lib/router.tsx'

const FILTERS = [
  'status',
  'cause',
  'code',
  'type',
  'tag',
  'app',
  'host',
  'hours',
  'after',
  'before',
] as const
export type FilterName = (typeof FILTERS)[number]
type FilterValues = Readonly<Record<FilterName, string>>

export const STATUSES = [
  'failed',
  'pending',
  'delivered',
  'canceled',
  'unmatched',
  'schema_errors',
] as const
export const HOURS = ['1', '24', '168', '672'] as const
/** Instead of a number of hours: from one moment to another. */
export const BETWEEN = 'between'
const HOUR_MS = 3_600_000

export interface MessageFilters {
  readonly values: FilterValues
  readonly active: readonly FilterName[]
  readonly set: (changed: Partial<Record<FilterName, string>>) => void
  readonly clear: () => void
}

/** The filters as the address has them. */
export function useMessageFilters(): MessageFilters {
  const { search } = usePlace()
  const values = readValues(search)
  const set = (changed: Partial<Record<FilterName, string>>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changed)) {
      next.delete(name)
      if (value !== '') next.set(name, value)
    }
    navigate(`/messages${next.size === 0 ? '' : `?${next}`}`, { replace: true })
  }
  return {
    values,
    active: FILTERS.filter((name) => values[name] !== ''),
    set,
    clear: () => navigate('/messages', { replace: true }),
  }
}

function readValues(search: URLSearchParams): FilterValues {
  const read = (name: FilterName) => search.get(name) ?? ''
  return {
    status: read('status'),
    cause: read('cause'),
    code: read('code'),
    type: read('type'),
    tag: read('tag'),
    app: read('app'),
    host: read('host'),
    hours: read('hours'),
    after: read('after'),
    before: read('before'),
  }
}

/** What the api is asked for, at this moment. */
export function queryOf(values: FilterValues): QueryValues {
  return {
    status: values.status,
    cause: values.cause,
    code: values.code,
    event_types: values.type,
    tag: values.tag,
    app_id: values.app,
    host: values.host,
    ...windowOf(values),
  }
}

function windowOf({ hours, after, before }: FilterValues): QueryValues {
  if (hours === BETWEEN) return { after: instantOf(after), before: instantOf(before) }
  const count = Number(hours)
  return count > 0 ? { after: new Date(Date.now() - count * HOUR_MS).toISOString() } : {}
}

/** Typed in the viewer's own zone. */
function instantOf(local: string): string {
  const moment = new Date(local)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
}
