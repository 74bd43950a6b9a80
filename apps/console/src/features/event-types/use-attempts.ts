import type { EventTypeAttemptsOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTransport } from '../../lib/session.tsx'

export interface Attempts {
  readonly of: (name: string) => { readonly succeeded: number; readonly failed: number }
  readonly isPart: boolean
}

/** Of the last 24 hours. Null: not known yet. */
export function useAttempts(): Attempts | null {
  const transport = useTransport()
  const { data } = useQuery({
    queryKey: ['event-type-attempts'],
    queryFn: ({ signal }) =>
      transport.json<EventTypeAttemptsOut>({ path: '/support/event-type/attempts', signal }),
  })
  if (data === undefined) return null
  const byName = new Map(data.data.map((one) => [one.name, one]))
  return { of: (name) => byName.get(name) ?? { succeeded: 0, failed: 0 }, isPart: data.isPart }
}
