import type { Database, Transaction } from './database.ts'

/** As it was saved; null: none. */
export async function findTransformation(
  db: Pick<Database['prisma'], 'endpoint'>,
  endpointId: string,
): Promise<unknown> {
  const endpoint = await db.endpoint.findUnique({
    where: { id: endpointId },
    select: { transformation: true },
  })
  return endpoint?.transformation ?? null
}

export async function saveTransformation(
  tx: Transaction,
  endpointId: string,
  transformation: object,
): Promise<void> {
  await tx.endpoint.update({
    where: { id: endpointId },
    data: { transformation: { ...transformation } },
  })
}
