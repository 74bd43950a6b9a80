import type { OutageOut } from '@posthorn/contracts'

/** One cause at one host. */
export interface OutageRow {
  readonly host: string
  readonly code: string | null
  readonly applications: number
  readonly endpoints: number
  readonly held: number
  readonly disabled: number
  readonly failingSince: string
  readonly endpointsThere: number
  /** There are more at the host than were asked what they fail for. */
  readonly isPart: boolean
}

/** A host that fails for one cause is told of as a whole; else each cause by those that were asked. */
export function rowsOfOutage({ causes, ...outage }: OutageOut): OutageRow[] {
  const asked = causes.reduce((sum, { endpoints }) => sum + endpoints, 0)
  const { host, endpointsThere } = outage
  const [only] = causes
  if (causes.length <= 1) return [{ ...outage, code: only?.code ?? null, isPart: false }]
  const isPart = asked < outage.endpoints
  return causes.map((cause) => ({ host, endpointsThere, isPart, ...cause }))
}

export function outageLink({ host, code }: Pick<OutageRow, 'host' | 'code'>): string {
  const path = `/outages/${encodeURIComponent(host)}`
  return code === null ? path : `${path}?cause=${encodeURIComponent(code)}`
}
