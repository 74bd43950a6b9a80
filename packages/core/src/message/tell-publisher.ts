import { type Database, findApiKeyName, findSource, type MessageOrigin } from '@posthorn/db'
import { findMemberName } from '@posthorn/db/staff'
import type { AppScope } from '../actor.ts'

const KINDS = ['key', 'token', 'source', 'user', 'portal', 'system'] as const
type PublisherKind = (typeof KINDS)[number]

/** Who published a message. */
export interface Publisher {
  readonly kind: PublisherKind
  /** Null to a portal, like the name. */
  readonly id: string | null
  readonly name: string | null
}

/** As far as whoever asks is told: to a customer the vendor's systems and staff have no names. */
export async function tellPublisher(
  ctx: { readonly db: Database },
  scope: AppScope,
  { publisher }: Pick<MessageOrigin, 'publisher'>,
): Promise<Publisher> {
  const [given = '', ...rest] = publisher.split(':')
  const kind = KINDS.find((one) => one === given) ?? 'system'
  if (scope.actor.kind === 'portal') return { kind, id: null, name: null }
  const id = rest.join(':')
  return { kind, id, name: await findName(ctx, scope, { kind, id }) }
}

async function findName(
  { db: { prisma } }: { readonly db: Database },
  { orgId }: AppScope,
  { kind, id }: { readonly kind: PublisherKind; readonly id: string },
): Promise<string | null> {
  switch (kind) {
    case 'key':
      return findApiKeyName(prisma, { orgId }, id)
    case 'source':
      return (await findSource(prisma, { orgId }, id))?.name ?? null
    case 'user':
      return findMemberName(prisma, { orgId }, id)
    case 'token':
    case 'portal':
    case 'system':
      return null
  }
}
