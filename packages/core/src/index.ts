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
