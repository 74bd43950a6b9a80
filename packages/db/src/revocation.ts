import type { Database, Transaction } from './database.ts'

/**
 * What ends tokens before their time. `subject` is a token's id, or a group of tokens (a session, all of an
 * application): of a group, those issued up to `revoked_at` are ended. A row may be dropped at `expires_at`,
 * when every token that it ends is over anyway.
 *
 * A group ended with a delay has a row of its own, `<group>:later`, in force from `expires_at` minus the
 * longest life of such a token.
 */

export interface TokenSubjects {
  /** Ended by its own id. */
  readonly tokenId: string
  readonly groups: readonly string[]
  readonly issuedAt: Date
  readonly maxLifeSeconds: number
}

export async function isRevoked(
  db: Pick<Database['prisma'], '$queryRaw'>,
  token: TokenSubjects,
): Promise<boolean> {
  const later = token.groups.map(laterSubject)
  const rows = await db.$queryRaw<{ revoked: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM revocation WHERE subject = ${token.tokenId}
      UNION ALL
      SELECT FROM revocation WHERE subject = ANY(${token.groups}) AND revoked_at >= ${token.issuedAt}
      UNION ALL
      SELECT FROM revocation WHERE subject = ANY(${later}) AND revoked_at >= ${token.issuedAt}
        AND expires_at - make_interval(secs => ${token.maxLifeSeconds}) <= now()
    ) AS revoked`
  return rows[0]?.revoked ?? true
}

/** Ends one token; the row stays until the token would have ended by itself. */
export async function revokeTokenId(
  tx: Transaction,
  token: { readonly tokenId: string; readonly expiresAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO revocation (subject, expires_at) VALUES (${token.tokenId}, ${token.expiresAt})
    ON CONFLICT (subject) DO NOTHING`
}

export interface GroupRevocation {
  readonly group: string
  readonly issuedUpTo: Date
  readonly delaySeconds: number
  readonly maxLifeSeconds: number
}

export async function revokeGroup(tx: Transaction, revocation: GroupRevocation): Promise<void> {
  if (revocation.delaySeconds === 0) return revokeGroupNow(tx, revocation)
  await settleLater(tx, revocation)
  const expiresInSeconds = revocation.delaySeconds + revocation.maxLifeSeconds
  // Of two delays under way the earlier one holds: what was promised to end then does.
  await tx.$executeRaw`
    INSERT INTO revocation (subject, revoked_at, expires_at)
    VALUES (${laterSubject(revocation.group)}, ${revocation.issuedUpTo}, now() + make_interval(secs => ${expiresInSeconds}))
    ON CONFLICT (subject) DO UPDATE SET revoked_at = excluded.revoked_at,
      expires_at = least(revocation.expires_at, excluded.expires_at)`
}

async function revokeGroupNow(tx: Transaction, revocation: GroupRevocation): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO revocation (subject, revoked_at, expires_at)
    VALUES (${revocation.group}, ${revocation.issuedUpTo}, now() + make_interval(secs => ${revocation.maxLifeSeconds}))
    ON CONFLICT (subject) DO UPDATE SET revoked_at = greatest(revocation.revoked_at, excluded.revoked_at),
      expires_at = greatest(revocation.expires_at, excluded.expires_at)`
}

// A delayed revocation that is in force by now must not be overwritten by the next: it becomes a plain one.
async function settleLater(tx: Transaction, revocation: GroupRevocation): Promise<void> {
  const later = laterSubject(revocation.group)
  await tx.$executeRaw`
    WITH due AS (
      DELETE FROM revocation
       WHERE subject = ${later} AND expires_at - make_interval(secs => ${revocation.maxLifeSeconds}) <= now()
      RETURNING revoked_at, expires_at
    )
    INSERT INTO revocation (subject, revoked_at, expires_at)
    SELECT ${revocation.group}, revoked_at, expires_at FROM due
    ON CONFLICT (subject) DO UPDATE SET revoked_at = greatest(revocation.revoked_at, excluded.revoked_at),
      expires_at = greatest(revocation.expires_at, excluded.expires_at)`
}

function laterSubject(group: string): string {
  return `${group}:later`
}

export interface RevokedSubject {
  readonly subject: string
  /** Of a group: what was issued up to then is ended. */
  readonly revokedAt: Date
}

/** Of those subjects, the ones in force; a group that was ended with a delay counts once that is over. */
export function listRevoked(
  db: Pick<Database['prisma'], '$queryRaw'>,
  subjects: readonly string[],
  maxLifeSeconds: number,
): Promise<RevokedSubject[]> {
  const later = subjects.map(laterSubject)
  return db.$queryRaw<RevokedSubject[]>`
    SELECT subject, revoked_at AS "revokedAt" FROM revocation WHERE subject = ANY(${[...subjects]})
    UNION ALL
    SELECT left(subject, -6), revoked_at FROM revocation
     WHERE subject = ANY(${later}) AND expires_at - make_interval(secs => ${maxLifeSeconds}) <= now()`
}
