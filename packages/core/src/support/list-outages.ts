import { type Database, type FailingHost, findFailingHosts, findLastOutcomes } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'

export interface Outage extends Omit<FailingHost, 'sample'> {
  /** Of its five that fail the longest: what their last attempts came to, the most frequent first. */
  readonly causes: readonly string[]
}

/** Which host fails for how many customers, the most first. */
export async function listOutages(
  { db }: { readonly db: Database },
  scope: OrgScope,
  limit: number,
): Promise<Outage[]> {
  const hosts = await findFailingHosts(db.prisma, scope, limit)
  const sampled = hosts.flatMap((host) => host.sample)
  const outcomes = sampled.length === 0 ? [] : await findLastOutcomes(db.prisma, sampled)
  const codes = new Map(outcomes.map(({ endpointId, code }) => [endpointId, code]))
  return hosts.map(({ sample, ...host }) => ({
    ...host,
    causes: byFrequency(sample.flatMap((id) => codes.get(id) ?? [])),
  }))
}

function byFrequency(codes: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([code]) => code)
}
