export { type Actor, actorText, type AppScope, type OrgScope } from './actor.ts'
export type { CoreContext } from './context.ts'
export {
  ConflictError,
  DomainError,
  ForbiddenError,
  type InputFault,
  InvalidInputError,
  NotFoundError,
  OverloadedError,
  RefusedError,
  UnauthenticatedError,
} from './errors.ts'
export { createVault, type Vault, VAULT_KEY_BYTES, VaultKeyMissingError } from './vault.ts'
export { type AuditChanges, diffChanges, WITHHELD } from './audit/diff-changes.ts'
export { type AuditEntry, recordAudit } from './audit/record-audit.ts'
export { announceChange, type Change, type ChangeListenerOptions, listenForChanges } from './changes/change.ts'
export {
  checkIdempotencyKey,
  IDEMPOTENCY_HOURS,
  idempotencyBodyHash,
  idempotencyKeyHash,
} from './idempotency/key.ts'
