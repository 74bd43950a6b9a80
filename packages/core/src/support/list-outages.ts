import { type Database, findLastOutcomes } from '@posthorn/db'
import { findTroubledHosts, type SampledEndpoint, type TroubledHost } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'

export interface OutageCause {
  /** Null: nothing was attempted yet that is still kept. */
  readonly code: string | null
  readonly endpoints: number
  readonly applications: number
  readonly held: number
  readonly disabled: number
  readonly failingSince: Date
}

export interface Outage extends Omit<TroubledHost, 'sample'> {
  /** What the last attempts came to, of the hundred endpoints that fail the longest; the most frequent first. */
  readonly causes: readonly OutageCause[]
}

/** Which host fails for how many customers, the most first. */
export async function listOutages(
  { db }: { readonly db: Database },
  scope: Pick<OrgScope, 'orgId' | 'appIds'>,
  limit: number,
): Promise<Outage[]> {
  const hosts = await findTroubledHosts(db.prisma, scope, limit)
  const sampled = hosts.flatMap((host) => host.sample.map(({ id }) => id))
  const outcomes = sampled.length === 0 ? [] : await findLastOutcomes(db.prisma, sampled)
  const codes = new Map(outcomes.map(({ endpointId, code }) => [endpointId, code]))
  return hosts.map(({ sample, ...host }) => ({
    ...host,
    causes: [...Map.groupBy(sample, ({ id }) => codes.get(id) ?? null)]
      .map(([code, of]) => summarise(code, of))
      .toSorted((a, b) => b.endpoints - a.endpoints),
  }))
}

function summarise(code: string | null, of: readonly SampledEndpoint[]): OutageCause {
  return {
    code,
    endpoints: of.length,
    applications: new Set(of.map(({ appId }) => appId)).size,
    held: of.filter(({ held }) => held).length,
    disabled: of.filter(({ disabled }) => disabled).length,
    failingSince: new Date(Math.min(...of.map(({ since }) => Date.parse(since)))),
  }
}
