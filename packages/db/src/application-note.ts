import type { Database, Transaction } from './database.ts'
import type { ApplicationNote } from './generated/client.ts'

export type { ApplicationNote }

interface AppKey {
  readonly appId: string
}

export function findApplicationNote(
  db: Pick<Database['prisma'], 'applicationNote'> | Transaction,
  { appId }: AppKey,
): Promise<ApplicationNote | null> {
  return db.applicationNote.findUnique({ where: { appId } })
}

export interface NoteChange {
  readonly text: string
  readonly changedBy: string
  readonly changedAt: Date
}

/** Empty: none is left. */
export async function saveApplicationNote(
  tx: Transaction,
  { appId }: AppKey,
  change: NoteChange,
): Promise<void> {
  if (change.text === '') return deleteApplicationNote(tx, { appId })
  await tx.applicationNote.upsert({
    where: { appId },
    create: { appId, ...change },
    update: change,
  })
}

export async function deleteApplicationNote(tx: Transaction, { appId }: AppKey): Promise<void> {
  await tx.applicationNote.deleteMany({ where: { appId } })
}
