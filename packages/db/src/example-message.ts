import type { Transaction } from './database.ts'

export interface ExampleMessage {
  readonly id: string
  readonly appId: string
  readonly eventType: string
  readonly tags: string[]
  readonly payload: string
  readonly publisher: string
}

/** A message without deliveries: its one delivery is requested by hand. */
export async function insertExampleMessage(
  tx: Transaction,
  message: ExampleMessage,
): Promise<void> {
  await tx.message.create({ data: message })
}

/** The schemas of an event type that isn't archived, by version; undefined when there is no such type. */
export async function findEventTypeSchemas(
  tx: Transaction,
  orgId: string,
  name: string,
): Promise<unknown> {
  const row = await tx.eventType.findFirst({
    where: { orgId, name, archived: false },
    select: { schemas: true },
  })
  return row === null ? undefined : row.schemas
}
