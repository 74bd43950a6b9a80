import { parseArgs } from 'node:util'
import { createOrganisationToken, revokeTokenText, TokenRejectedError } from '@posthorn/core'
import { CommandError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { findOrganisationId, openCore } from './core-access.ts'
import { daysToSeconds } from './days.ts'
import { environmentBeside } from './environment.ts'
import { print } from './print.ts'

const DEFAULT_DAYS = '365'

/** `posthorn token [org_…] [--days 365]`: the token is the last line. `posthorn token revoke <token>` ends one. */
export async function token(config: CliConfig, args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { days: { type: 'string', default: DEFAULT_DAYS } },
  })
  await using core = await openCore(environmentBeside(config))
  if (positionals[0] === 'revoke') {
    await revokeTokenText(core.ctx, tokenToRevoke(positionals[1])).catch(asCommandError)
    return print('The token is revoked.')
  }
  const created = await createOrganisationToken(core.ctx, {
    orgId: await findOrganisationId(core.ctx, positionals[0]),
    expiresInSeconds: daysToSeconds(values.days),
  })
  print(`Token of ${created.orgId}, until ${created.expiresAt.toISOString()}:`)
  print(created.token)
}

function tokenToRevoke(text: string | undefined): string {
  if (text !== undefined) return text
  throw new CommandError('Which token? posthorn token revoke <token>')
}

function asCommandError(err: unknown): never {
  if (err instanceof TokenRejectedError)
    throw new CommandError('This is no token of ours in force.')
  throw err
}
