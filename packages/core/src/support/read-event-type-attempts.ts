import type { Database } from '@posthorn/db'
import { type AttemptsOfTypes, readEventTypeAttempts } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'

export type { AttemptsOfTypes }

export function readAttemptsOfTypes(
  { db }: { readonly db: Database },
  scope: OrgScope,
): Promise<AttemptsOfTypes> {
  return readEventTypeAttempts(db.prisma, scope)
}
