import { type ApiKey, findApiKeyByHash, findApplication, isRevoked } from '@posthorn/db'
import { touchApiKey } from '@posthorn/db/staff'
import { isId } from '@posthorn/runtime'
import { UnauthenticatedError } from '../errors.ts'
import { ensureOrganisation } from '../organisation/ensure-organisation.ts'
import { findPlace } from '../staff/session.ts'
import { hashApiKey, isApiKeyText } from './api-key-text.ts'
import { type Capability, isCapability } from './capability.ts'
import type { AuthContext } from './context.ts'
import { isOrgId } from './create-organisation-token.ts'
import { MAX_PORTAL_SECONDS, portalGroups } from './portal-session.ts'
import type { PortalPrincipal, Principal } from './principal.ts'
import { TokenRejectedError, type VerifiedToken } from './tokens.ts'

const SECRET_SENT =
  'Authentication failed. JWT signing secrets can not be used as tokens, please refer to https://github.com/svix/svix-webhooks#authentication for more information.'

/** Proves whose a bearer text is, against the database. @throws {UnauthenticatedError} */
export async function verifyBearer(ctx: AuthContext, text: string): Promise<Principal> {
  if (isApiKeyText(text)) return verifyApiKey(ctx, text)
  if (ctx.tokens.isSecret(text)) throw new UnauthenticatedError(SECRET_SENT)
  const token = await verifyToken(ctx, text)
  return isOrgId(token.subject) ? verifyOrganisation(ctx, token) : verifyPortal(ctx, token)
}

async function verifyApiKey(ctx: AuthContext, text: string): Promise<Principal> {
  const key = await findApiKeyByHash(ctx.db.prisma, hashApiKey(text))
  if (key === null) throw new UnauthenticatedError()
  noteUse(ctx, key)
  const expiresAtMs = key.expiresAt?.getTime() ?? null
  const { id, orgId } = key
  const appIds = key.appIds.length === 0 ? null : new Set(key.appIds)
  return { kind: 'key', id, orgId, scopes: new Set(key.scopes), appIds, expiresAtMs }
}

const NOTED_EVERY_MS = 600_000

/** Nobody waits for it, and no request fails for it: a note that is lost is written by one of the next. */
function noteUse({ db, clock }: AuthContext, { id, lastUsedAt }: ApiKey): void {
  const nowMs = clock.nowMs()
  if (lastUsedAt !== null && nowMs - lastUsedAt.getTime() < NOTED_EVERY_MS) return
  touchApiKey(db.hot, { id, at: new Date(nowMs) }).catch(() => undefined)
}

async function verifyToken(ctx: AuthContext, text: string): Promise<VerifiedToken> {
  try {
    return await ctx.tokens.verify(text, ctx.clock.nowMs())
  } catch (err) {
    if (err instanceof TokenRejectedError) throw new UnauthenticatedError(err.message)
    throw err
  }
}

async function verifyOrganisation(ctx: AuthContext, token: VerifiedToken): Promise<Principal> {
  await refuseRevoked(ctx, token, [])
  await ensureOrganisation(ctx, token.subject)
  const { subject: orgId, tokenId, expiresAtMs } = token
  return { kind: 'organisation', tokenId, orgId, expiresAtMs }
}

async function verifyPortal(ctx: AuthContext, token: VerifiedToken): Promise<Principal> {
  const { subject: appId, tokenId, issuedAtMs, expiresAtMs, claims } = token
  const { org: orgId, sid: sessionId } = claims
  if (!isId('app_', appId) || typeof orgId !== 'string' || typeof sessionId !== 'string') {
    throw new UnauthenticatedError()
  }
  await refuseRevoked(ctx, token, portalGroups(appId, sessionId))
  if ((await findApplication(ctx.db.prisma, { orgId }, appId)) === null)
    throw new UnauthenticatedError()
  await refusePortalOfFormer(ctx, { orgId, appId, sessionId })
  const capabilities = new Set<Capability>(listClaim(claims['capabilities']).filter(isCapability))
  const featureFlags = new Set(listClaim(claims['featureFlags']))
  return {
    kind: 'portal',
    tokenId,
    orgId,
    appId,
    sessionId,
    capabilities,
    featureFlags,
    expiresAtMs,
    issuedAtMs,
    lifeSeconds: lifeOf(token),
    latestMs: typeof claims['latest'] === 'number' ? claims['latest'] * 1000 : null,
  }
}

/** A portal that one of the staff opened ends for them with their place in the organisation, or at the application. */
async function refusePortalOfFormer(
  ctx: AuthContext,
  { orgId, appId, sessionId }: Pick<PortalPrincipal, 'orgId' | 'appId' | 'sessionId'>,
): Promise<void> {
  const userId = sessionId.replace(/^staff-/, '')
  if (userId === sessionId || !isId('usr_', userId)) return
  const place = await findPlace(ctx, userId, orgId)
  if (place === null || place.appIds?.has(appId) === false) throw new UnauthenticatedError()
}

async function refuseRevoked(
  ctx: AuthContext,
  token: VerifiedToken,
  groups: readonly string[],
): Promise<void> {
  const subjects = { tokenId: token.tokenId, groups, issuedAt: new Date(token.issuedAtMs) }
  const maxLifeSeconds = MAX_PORTAL_SECONDS
  if (await isRevoked(ctx.db.prisma, { ...subjects, maxLifeSeconds }))
    throw new UnauthenticatedError()
}

function lifeOf({ issuedAtMs, expiresAtMs, claims }: VerifiedToken): number {
  const { life } = claims
  // `exp` is in whole seconds.
  return typeof life === 'number' ? life : Math.max(0, Math.ceil((expiresAtMs - issuedAtMs) / 1000))
}

function listClaim(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : []
}
