import { parseArgs } from 'node:util'
import {
  createApiKey,
  listApiKeys,
  type OrgScope,
  reencryptAll,
  revokeApiKey,
} from '@posthorn/core'
import { CommandError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { commandScope, type CoreAccess, openCore } from './core-access.ts'
import { daysToSeconds } from './days.ts'
import { environmentBeside } from './environment.ts'
import { print } from './print.ts'

const USAGE =
  'posthorn keys create <name> [--scopes read,write,publish] [--days 90] | list | revoke <key_…>, each with [--org org_…]; or posthorn keys reencrypt'
const ALL_SCOPES = 'read,write,publish'
const PAGE = 250

/**
 * Makes, lists and ends API keys of an organisation; a key's text is the last line, shown this once.
 * `reencrypt` is about the installation's encryption keys.
 */
export async function keys(config: CliConfig, args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      org: { type: 'string' },
      scopes: { type: 'string', default: ALL_SCOPES },
      days: { type: 'string' },
    },
  })
  const [verb, subject] = positionals
  await using core = await openCore(environmentBeside(config))
  if (verb === 'reencrypt') return await reencrypt(core)
  const scope = await commandScope(core.ctx, values.org)
  if (verb === 'list') return await listKeys(core, scope)
  if (verb === 'revoke' && subject !== undefined) return await revokeKey(core, scope, subject)
  if (verb === 'create' && subject !== undefined) {
    return await createKey(core, scope, { ...values, name: subject })
  }
  throw new CommandError(USAGE)
}

async function createKey(
  { ctx }: CoreAccess,
  scope: OrgScope,
  options: { name: string; scopes: string; days?: string | undefined },
): Promise<void> {
  const { apiKey, text } = await createApiKey(ctx, scope, {
    name: options.name,
    scopes: options.scopes.split(',').map((part) => part.trim()),
    expiresInSeconds: options.days === undefined ? undefined : daysToSeconds(options.days),
  })
  print(`${apiKey.id} of ${scope.orgId}, ${apiKey.scopes.join(' ')}; shown this once:`)
  print(text)
}

async function listKeys({ ctx }: CoreAccess, scope: OrgScope): Promise<void> {
  let iterator: string | undefined
  for (;;) {
    const page = await listApiKeys(ctx, scope, { limit: PAGE, order: 'ascending', iterator })
    for (const { apiKey } of page.items) print(describeKey(apiKey))
    if (page.done || page.iterator === null) return
    iterator = page.iterator
  }
}

interface ListedKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

function describeKey(key: ListedKey): string {
  const end = key.revokedAt ?? key.expiresAt
  const state = key.revokedAt !== null ? 'revoked' : end === null ? 'no expiry' : 'expires'
  return [key.id, key.name, key.scopes.join(','), state, end?.toISOString()]
    .filter(Boolean)
    .join('  ')
}

async function revokeKey({ ctx }: CoreAccess, scope: OrgScope, id: string): Promise<void> {
  await revokeApiKey(ctx, scope, id)
  print(`${id} is revoked.`)
}

async function reencrypt({ ctx }: CoreAccess): Promise<void> {
  for (const { name, count } of await reencryptAll(ctx)) print(`${name}: ${count} re-encrypted`)
  print('All stored values are under the first key of POSTHORN_ENCRYPTION_KEYS.')
}
