import type { AuditRow } from '@posthorn/db'
import { listPortalGrants, listRevoked } from '@posthorn/db/staff'
import { firstIdAt } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { type DoneBy, tellDoneBy } from '../done-by.ts'
import { appGroup, MAX_PORTAL_SECONDS, sessionGroup } from './portal-session.ts'

/** All tokens that share a session's id, as far as they may still live. */
export interface PortalSession {
  readonly sessionId: string
  readonly capabilities: readonly string[]
  /** When its first token was given, of those that may still live. */
  readonly openedAt: Date
  readonly lastOpenedAt: Date
  /** When its last token ends, unless it is ended before. */
  readonly expiresAt: Date
  readonly isOver: boolean
  /** Who opened it last. */
  readonly by: DoneBy | null
}

/** Of one application: whoever makes more is told of the newest. */
const GRANTS_AT_MOST = 2_000
const SESSIONS_AT_MOST = 100

/** Newest first: one by one they are ended by `expirePortalAccess`. */
export async function listPortalSessions(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
): Promise<PortalSession[]> {
  const nowMs = ctx.clock.nowMs()
  const from = firstIdAt('audit_', nowMs - MAX_PORTAL_SECONDS * 1_000)
  const rows = await listPortalGrants(ctx.db.prisma, scope, { from, take: GRANTS_AT_MOST })
  const sessions = gather(rows).slice(0, SESSIONS_AT_MOST)
  const isRevoked = await revocations(ctx, scope, sessions)
  const isDead = (token: Token) => token.expiresAt.getTime() <= nowMs || isRevoked(token)
  return Promise.all(
    sessions.map(async ({ sessionId, tokens: [newest, ...older] }) => {
      const tokens = [newest, ...older]
      return {
        sessionId,
        capabilities: newest.capabilities,
        openedAt: tokens.at(-1)?.issuedAt ?? newest.issuedAt,
        lastOpenedAt: newest.issuedAt,
        expiresAt: new Date(Math.max(...tokens.map((token) => token.expiresAt.getTime()))),
        isOver: tokens.every(isDead),
        by: await tellDoneBy(ctx, scope, newest.actor),
      }
    }),
  )
}

interface Token {
  readonly id: string
  readonly sessionId: string
  readonly capabilities: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly actor: string
}

interface Gathered {
  readonly sessionId: string
  /** Newest first. */
  readonly tokens: readonly [Token, ...Token[]]
}

/** Pure. A renewal lets its token live on; a session is where its newest token is. */
function gather(rows: readonly AuditRow[]): Gathered[] {
  const ends = new Map<string, number>()
  const sessions = new Map<string, [Token, ...Token[]]>()
  for (const row of rows) {
    const endsMs = Math.max(ends.get(row.target) ?? 0, expiryMs(row))
    ends.set(row.target, endsMs)
    if (row.action !== 'portal_access.create') continue
    const token = readToken(row, new Date(endsMs))
    const known = sessions.get(token.sessionId)
    if (known === undefined) sessions.set(token.sessionId, [token])
    else known.push(token)
  }
  return [...sessions].map(([sessionId, tokens]) => ({ sessionId, tokens }))
}

function readToken(row: AuditRow, expiresAt: Date): Token {
  const capabilities = recorded(row, 'capabilities')
  return {
    id: row.target,
    sessionId: String(recorded(row, 'sessionId')),
    capabilities: Array.isArray(capabilities) ? capabilities.map(String) : [],
    issuedAt: momentOf(row, 'issuedAt') ?? row.createdAt,
    expiresAt,
    actor: row.actor,
  }
}

/** Where none was recorded, the longest that it can live. */
function expiryMs(row: AuditRow): number {
  const expiresAt = momentOf(row, 'expiresAt')
  return expiresAt?.getTime() ?? row.createdAt.getTime() + MAX_PORTAL_SECONDS * 1_000
}

function momentOf(row: AuditRow, field: string): Date | null {
  const moment = recorded(row, field)
  return typeof moment === 'string' ? new Date(moment) : null
}

function recorded({ changes }: AuditRow, field: string): unknown {
  return Object(Object(changes)[field]).to
}

async function revocations(
  { db }: Pick<CoreContext, 'db'>,
  { appId }: AppScope,
  sessions: readonly Gathered[],
): Promise<(token: Token) => boolean> {
  const subjects = [
    appGroup(appId),
    ...sessions.flatMap(({ sessionId, tokens }) => [
      sessionGroup(appId, sessionId),
      ...tokens.map(({ id }) => id),
    ]),
  ]
  const revoked = await listRevoked(db.prisma, subjects, MAX_PORTAL_SECONDS)
  const endedMs = new Map<string, number>()
  for (const { subject, revokedAt } of revoked)
    endedMs.set(subject, Math.max(endedMs.get(subject) ?? 0, revokedAt.getTime()))
  return ({ id, sessionId, issuedAt }) =>
    endedMs.has(id) ||
    [appGroup(appId), sessionGroup(appId, sessionId)].some(
      (group) => (endedMs.get(group) ?? 0) >= issuedAt.getTime(),
    )
}
