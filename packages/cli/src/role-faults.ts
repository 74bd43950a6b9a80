import { ConfigError, type Env, faultsOf } from '@posthorn/runtime'
import { modeOf } from './config.ts'
import { loadRoles, settingsOf } from './role-code.ts'
import { parseRoleGroup, parseRoleGroups, type Role, ROLES } from './roles.ts'

/** What is wrong with the settings of these roles. Loads all their code: for when something is known to be. */
export async function faultsOfRoles(roles: readonly Role[], env: Env): Promise<readonly string[]> {
  return faultsOf(...settingsOf(await loadRoles(roles), env))
}

/** The same error with what the roles' own settings have wrong beside it, so that all is said at once. */
export async function withRoleFaults(
  err: ConfigError,
  given: { readonly env: Env; readonly command: string; readonly args: readonly string[] },
): Promise<ConfigError> {
  const { env, command, args } = given
  const roles = command === 'run' ? parseRoleGroup(args[0] ?? '') : rolesOfStart(env)
  const settings = settingsOf(await loadRoles(roles ?? ROLES), withWhatStartMakes(env))
  const own = (): never => {
    throw err
  }
  return new ConfigError(faultsOf(own, ...settings))
}

function rolesOfStart(env: Env): readonly Role[] | null {
  return parseRoleGroups(env['POSTHORN_ROLES'] ?? '')?.flat() ?? null
}

/** In local mode these need not be given. */
function withWhatStartMakes(env: Env): Env {
  const { POSTHORN_MODE: _mode, ...rest } = env
  if (modeOf(env) !== 'local') return rest
  return {
    ...rest,
    POSTHORN_MODE: 'local',
    DATABASE_URL: rest['DATABASE_URL'] || 'postgresql://127.0.0.1/posthorn',
    POSTHORN_JWT_SECRET: rest['POSTHORN_JWT_SECRET'] || 'x'.repeat(32),
    POSTHORN_ENCRYPTION_KEYS:
      rest['POSTHORN_ENCRYPTION_KEYS'] || Buffer.alloc(32).toString('base64'),
  }
}
