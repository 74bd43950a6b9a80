import { type Database, findLastOutcomes } from '@posthorn/db'
import { findTroubledHosts, type TroubledHost } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'

export interface OutageCause {
  /** Null: nothing was attempted yet that is still kept. */
  readonly code: string | null
  readonly endpoints: number
  readonly applications: number
}

export interface Outage extends Omit<TroubledHost, 'sample' | 'sampleApps'> {
  /** What the last attempts came to, of the hundred endpoints that fail the longest; the most frequent first. */
  readonly causes: readonly OutageCause[]
}

/** Which host fails for how many customers, the most first. */
export async function listOutages(
  { db }: { readonly db: Database },
  scope: OrgScope,
  limit: number,
): Promise<Outage[]> {
  const hosts = await findTroubledHosts(db.prisma, scope, limit)
  const sampled = hosts.flatMap((host) => host.sample)
  const outcomes = sampled.length === 0 ? [] : await findLastOutcomes(db.prisma, sampled)
  const codes = new Map(outcomes.map(({ endpointId, code }) => [endpointId, code]))
  return hosts.map(({ sample, sampleApps, ...host }) => ({
    ...host,
    causes: causesOf(
      sample.map((id, at) => ({ code: codes.get(id) ?? null, appId: sampleApps[at] ?? '' })),
    ),
  }))
}

interface Member {
  readonly code: string | null
  readonly appId: string
}

function causesOf(members: readonly Member[]): OutageCause[] {
  return [...Map.groupBy(members, ({ code }) => code)]
    .map(([code, of]) => ({
      code,
      endpoints: of.length,
      applications: new Set(of.map(({ appId }) => appId)).size,
    }))
    .toSorted((a, b) => b.endpoints - a.endpoints)
}
