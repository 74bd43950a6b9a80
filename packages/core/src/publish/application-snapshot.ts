import { BoundedCache } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { type SendableEndpoint, toSendableEndpoint } from '../delivery/sendable-endpoint.ts'

/** An application with its endpoints, as of one version. A publish verifies the version when it commits. */
export interface ApplicationSnapshot {
  readonly id: string
  readonly orgId: string
  readonly version: string
  readonly endpoints: readonly SendableEndpoint[]
}

const MAX_APPLICATIONS = 10_000

/** Snapshots by organisation and id or uid. Staleness is harmless: the insert refuses what an old one matched. */
export class ApplicationSnapshots {
  readonly #ctx: Pick<CoreContext, 'db' | 'vault'>
  readonly #byName = new BoundedCache<string, ApplicationSnapshot>(MAX_APPLICATIONS)
  readonly #loading = new Map<string, Promise<ApplicationSnapshot | null>>()

  constructor(ctx: Pick<CoreContext, 'db' | 'vault'>) {
    this.#ctx = ctx
  }

  cached(orgId: string, idOrUid: string): ApplicationSnapshot | undefined {
    return this.#byName.get(`${orgId}/${idOrUid}`)
  }

  /** Reads it anew, once for all who ask at the same time. Null: there is no such application. */
  load(orgId: string, idOrUid: string): Promise<ApplicationSnapshot | null> {
    const name = `${orgId}/${idOrUid}`
    const running = this.#loading.get(name)
    if (running !== undefined) return running
    const loading = this.#read(orgId, idOrUid).finally(() => this.#loading.delete(name))
    this.#loading.set(name, loading)
    return loading
  }

  forget(orgId: string, idOrUid: string): void {
    this.#byName.delete(`${orgId}/${idOrUid}`)
  }

  async #read(orgId: string, idOrUid: string): Promise<ApplicationSnapshot | null> {
    const snapshot = await loadSnapshot(this.#ctx, orgId, idOrUid)
    const name = `${orgId}/${idOrUid}`
    if (snapshot === null) this.#byName.delete(name)
    else this.#byName.set(name, snapshot)
    return snapshot
  }
}

// The version is read first: endpoints that change afterwards make the snapshot stale, never wrong.
async function loadSnapshot(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  orgId: string,
  idOrUid: string,
): Promise<ApplicationSnapshot | null> {
  const { prisma } = ctx.db
  const application = await prisma.application.findFirst({
    where: { orgId, deletedAt: null, operational: false, OR: [{ id: idOrUid }, { uid: idOrUid }] },
  })
  if (application === null) return null
  const endpoints = await prisma.endpoint.findMany({
    where: { orgId, appId: application.id, deletedAt: null },
  })
  const secrets = await prisma.endpointSecret.findMany({
    where: { endpointId: { in: endpoints.map((endpoint) => endpoint.id) } },
  })
  const byEndpoint = Map.groupBy(secrets, (secret) => secret.endpointId)
  return {
    id: application.id,
    orgId,
    version: application.version.toString(),
    endpoints: endpoints.map((endpoint) =>
      toSendableEndpoint(ctx.vault, {
        endpoint,
        secrets: byEndpoint.get(endpoint.id) ?? [],
        operational: false,
      }),
    ),
  }
}
