import { makeFirstOwnerLink } from '@posthorn/core/staff'
import type { Env } from '@posthorn/runtime'
import type { CliConfig } from './config.ts'
import { findOrganisationId, openCore } from './core-access.ts'
import { linkUrl } from './staff.ts'

/**
 * While nobody can sign in to the console, each start makes a link for the first owner and prints it: to the
 * terminal or the container's output, not into the log's lines, which are kept and shipped.
 */
export async function announceFirstOwner(
  config: Pick<CliConfig, 'env' | 'apiPort'>,
  env: Env,
  print: (line: string) => void,
): Promise<void> {
  await using core = await openCore(env)
  const orgId = await findOrganisationId(core.ctx, undefined)
  const link = await makeFirstOwnerLink(core.ctx, orgId ?? null)
  if (link === null) return
  print(`Console, for its first owner (once, for a day): ${linkUrl(config, link)}`)
}
