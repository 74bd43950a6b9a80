import { type EventType, findEventType } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** A type behind feature flags is there only for who has one of them; `flags` null sees all. */
export async function getEventType(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  asked: { readonly name: string; readonly flags: ReadonlySet<string> | null },
): Promise<EventType> {
  const eventType = await findEventType(ctx.db.prisma, scope, asked.name)
  if (eventType === null || !isVisible(eventType, asked.flags)) throw new NotFoundError()
  return eventType
}

function isVisible(eventType: EventType, flags: ReadonlySet<string> | null): boolean {
  if (flags === null || eventType.featureFlags.length === 0) return true
  return eventType.featureFlags.some((flag) => flags.has(flag))
}
