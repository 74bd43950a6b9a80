import type { AuthContext } from '@posthorn/core'
import { makeFirstOwnerLink } from '@posthorn/core/staff'
import type { Env } from '@posthorn/runtime'
import type { CliConfig } from './config.ts'
import { findOrganisationId, openCore } from './core-access.ts'
import { printFirstOwner } from './print.ts'
import { linkUrl } from './staff.ts'

/** While nobody can sign in to the console, each start makes a link for the first owner; null later. */
export async function makeFirstOwnerUrl(
  config: Pick<CliConfig, 'env' | 'apiPort'>,
  core: AuthContext,
): Promise<string | null> {
  const orgId = await findOrganisationId(core, undefined)
  const link = await makeFirstOwnerLink(core, orgId ?? null)
  return link === null ? null : linkUrl(config, link)
}

export async function announceFirstOwner(
  config: Pick<CliConfig, 'env' | 'apiPort'>,
  env: Env,
  to: (line: string) => void,
): Promise<void> {
  await using core = await openCore(env)
  printFirstOwner(await makeFirstOwnerUrl(config, core.ctx), to)
}
