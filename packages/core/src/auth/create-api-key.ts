import { type ApiKey, inTransaction, insertApiKey } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { InvalidInputError } from '../errors.ts'
import { hashApiKey, newApiKeyText } from './api-key-text.ts'
import { findApplicationIds } from './application-limit.ts'

export interface ApiKeyInput {
  readonly name: string
  /** `read`, `write`, `publish`, and names of integrations. */
  readonly scopes: readonly string[]
  readonly expiresInSeconds?: number | undefined
  /** Ids or uids of the only applications that it is taken for; absent or empty: all. */
  readonly applications?: readonly string[] | undefined
}

export interface CreatedApiKey {
  readonly apiKey: ApiKey
  /** Shown this once: only its digest is kept. */
  readonly text: string
}

const SCOPE = /^[A-Za-z][A-Za-z0-9_.:*-]{0,63}$/
const MAX_SCOPES = 20
const MAX_NAME = 256

export async function createApiKey(
  ctx: CoreContext,
  scope: OrgScope,
  input: ApiKeyInput,
): Promise<CreatedApiKey> {
  checkInput(input)
  const text = newApiKeyText()
  const nowMs = ctx.clock.nowMs()
  const expiresAt =
    input.expiresInSeconds === undefined ? null : new Date(nowMs + input.expiresInSeconds * 1000)
  const { name, scopes } = input
  const appIds = await findApplicationIds(ctx, scope, input.applications ?? [])
  const key = { id: newId('key_', nowMs), name, scopes, expiresAt, hash: hashApiKey(text), appIds }
  const apiKey = await inTransaction(ctx.db, async (tx) => {
    const created = await insertApiKey(tx, scope, key)
    const limit = appIds.length === 0 ? {} : { appIds: { from: null, to: appIds } }
    const changes = {
      name: { from: null, to: name },
      scopes: { from: null, to: scopes },
      ...limit,
    }
    await recordAudit(tx, scope, { action: 'api_key.create', target: key.id, changes })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
    return created
  })
  return { apiKey, text }
}

/** What a key for some applications may have: the others are about the whole organisation. */
const LIMITED_SCOPES: ReadonlySet<string> = new Set(['read', 'write', 'publish'])

function checkInput({ name, scopes, expiresInSeconds, applications = [] }: ApiKeyInput): void {
  const faults = [
    (name.length === 0 || name.length > MAX_NAME) &&
      fault('name', `Must have 1 to ${MAX_NAME} characters`),
    (scopes.length === 0 || scopes.length > MAX_SCOPES) &&
      fault('scopes', `Must be 1 to ${MAX_SCOPES} scopes`),
    !scopes.every((scope) => SCOPE.test(scope)) && fault('scopes', `Must match ${SCOPE.source}`),
    expiresInSeconds !== undefined &&
      !(expiresInSeconds > 0) &&
      fault('expiresInSeconds', 'Must be positive'),
    applications.length > 0 &&
      !scopes.every((scope) => LIMITED_SCOPES.has(scope)) &&
      fault('scopes', 'Of a key for some applications must be read, write or publish'),
  ].filter((found) => found !== false)
  if (faults.length > 0) throw new InvalidInputError(faults)
}

function fault(field: string, message: string): { path: string[]; message: string } {
  return { path: ['body', field], message }
}
