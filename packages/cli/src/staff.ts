import { parseArgs } from 'node:util'
import {
  inviteStaff,
  isStaffRole,
  type MadeLink,
  makeFirstOwnerLink,
  makeRecoveryLink,
  type StaffRole,
} from '@posthorn/core/staff'
import { CommandError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { commandScope, type CoreAccess, findOrganisationId, openCore } from './core-access.ts'
import { environmentBeside } from './environment.ts'
import { print } from './print.ts'

const USAGE =
  'posthorn staff first-owner | invite <e-mail> [--role owner] | recover <e-mail>, each with [--org org_…]'

/** One-time links into the console, for whoever has the machine; the link is the last line. */
export async function staff(config: CliConfig, args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { org: { type: 'string' }, role: { type: 'string', default: 'owner' } },
  })
  const [verb, email] = positionals
  await using core = await openCore(environmentBeside(config))
  if (verb === 'first-owner') return show(config, await firstOwner(core, values.org))
  if (verb === 'recover' && email !== undefined)
    return show(config, await makeRecoveryLink(core.ctx, email))
  if (verb !== 'invite' || email === undefined) throw new CommandError(USAGE)
  const scope = await commandScope(core.ctx, values.org)
  show(
    config,
    await inviteStaff(core.ctx, scope, { email, role: roleOf(values.role), applications: [] }),
  )
}

async function firstOwner(core: CoreAccess, named: string | undefined): Promise<MadeLink> {
  const orgId = await findOrganisationId(core.ctx, named)
  const link = await makeFirstOwnerLink(core.ctx, orgId ?? null)
  if (link !== null) return link
  throw new CommandError(
    'There is an owner already: `posthorn staff recover <e-mail>` lets them in again.',
  )
}

function roleOf(text: string): StaffRole {
  if (isStaffRole(text)) return text
  throw new CommandError('Roles are viewer, support, admin and owner.')
}

function show(config: CliConfig, link: MadeLink): void {
  print(`Once, until ${link.expiresAt.toISOString()}:`)
  print(linkUrl(config, link))
}

export function linkUrl(
  { env, apiPort }: Pick<CliConfig, 'env' | 'apiPort'>,
  { token }: Pick<MadeLink, 'token'>,
): string {
  const base =
    env['POSTHORN_CONSOLE_URL'] || env['POSTHORN_PUBLIC_URL'] || `http://127.0.0.1:${apiPort}`
  return `${base.replace(/\/+$/, '')}/console/link#token=${token}`
}
