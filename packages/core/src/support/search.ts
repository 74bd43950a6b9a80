import {
  type Database,
  type EndpointText,
  findApplications,
  findEndpoints,
  findMessages,
  type FoundApplication,
  type FoundEndpoint,
  type FoundMessage,
} from '@posthorn/db'
import { findApplicationsById, findAttempt, type FoundAttempt } from '@posthorn/db/staff'
import { idTimeMs } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'

export interface SearchInput {
  readonly text: string
  /** Of each kind. */
  readonly limit: number
}

export interface Found {
  readonly messages: readonly FoundMessage[]
  readonly applications: readonly FoundApplication[]
  readonly endpoints: readonly FoundEndpoint[]
  readonly attempts: readonly FoundAttempt[]
}

/** Whatever a text may name: a message, an event, a customer, an endpoint, an attempt. */
export async function search(
  ctx: { readonly db: Database },
  scope: OrgScope,
  { text, limit: take }: SearchInput,
): Promise<Found> {
  const { prisma } = ctx.db
  const attemptAtMs = idTimeMs('atmpt_', text)
  if (attemptAtMs !== null) {
    const attempt = await findAttempt(prisma, scope, { id: text, atMs: attemptAtMs })
    return { ...NOTHING, attempts: attempt === null ? [] : [attempt] }
  }
  const [messages, applications, endpoints, named] = await Promise.all([
    findMessages(prisma, scope, { text, take }),
    findApplications(prisma, scope, { text, take }),
    findEndpoints(prisma, scope, { ...readEndpointText(text), take }),
    findNamedApplication(ctx, scope, text),
  ])
  return {
    messages,
    applications: named === null ? applications : [named],
    endpoints,
    attempts: [],
  }
}

const NOTHING = { messages: [], applications: [], endpoints: [] }

async function findNamedApplication(
  { db }: { readonly db: Database },
  scope: OrgScope,
  text: string,
): Promise<FoundApplication | null> {
  if (!text.startsWith('app_')) return null
  const [found] = await findApplicationsById(db.prisma, scope, [text])
  return found === undefined ? null : { id: found.id, uid: found.uid, name: found.name }
}

const URL_TEXT = /^(?:[a-z]+:\/\/)?(?:[^/?#@\s]*@)?(\[[^\]\s]*\]|[^/:?#\s]*)(?::\d*)?([/?#].*)?$/

/** Pure. `hooks.example.com`, `https://hooks.example.com/orders` and everything between. */
function readEndpointText(text: string): Omit<EndpointText, 'take'> {
  const id = text.startsWith('ep_') ? text : null
  const [, host = '', path = ''] = URL_TEXT.exec(text.toLowerCase()) ?? []
  return { id, host, path: path === '' || path === '/' ? null : path }
}
