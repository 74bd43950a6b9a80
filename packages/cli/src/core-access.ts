import {
  type AuthContext,
  createTokens,
  createVault,
  type OrgScope,
  readVaultKeys,
} from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { ConfigError, type Env } from '@posthorn/runtime'
import { CommandError } from './command-error.ts'

/** The domain's verbs from the command line; opened for one command. */
export interface CoreAccess extends AsyncDisposable {
  readonly ctx: AuthContext
}

export async function openCore(env: Env): Promise<CoreAccess> {
  const vault = createVault(readKeys(env['POSTHORN_ENCRYPTION_KEYS'] ?? ''))
  const tokens = createTokens(required(env, 'POSTHORN_JWT_SECRET'))
  await using stack = new AsyncDisposableStack()
  const db = stack.use(
    openDatabase({
      url: required(env, 'DATABASE_URL'),
      directUrl: env['DATABASE_DIRECT_URL'] || undefined,
      hotConnections: 1,
      ordinaryConnections: 2,
      applicationName: 'posthorn-cli',
    }),
  )
  const clock = stack.use(await startDatabaseClock(db.hot))
  const opened = stack.move()
  const ctx = { db, clock, vault, tokens }
  return { ctx, [Symbol.asyncDispose]: async () => opened.disposeAsync() }
}

function required(env: Env, name: string): string {
  const value = env[name]
  if (value) return value
  throw new ConfigError([`${name}: is required`])
}

function readKeys(text: string): [Uint8Array, ...Uint8Array[]] {
  const keys = readVaultKeys(text)
  if (keys !== null) return keys
  throw new ConfigError(['POSTHORN_ENCRYPTION_KEYS: is required, each key 32 bytes in base64'])
}

/** The organisation a command is about: the one named, else the oldest there is, else none yet. */
export async function findOrganisationId(
  ctx: AuthContext,
  named: string | undefined,
): Promise<string | undefined> {
  if (named !== undefined) return named
  const oldest = await ctx.db.prisma.organisation.findFirst({ orderBy: { id: 'asc' } })
  return oldest?.id
}

export async function commandScope(ctx: AuthContext, named: string | undefined): Promise<OrgScope> {
  const orgId = await findOrganisationId(ctx, named)
  if (orgId === undefined) {
    throw new CommandError('There is no organisation yet: `posthorn token` makes the first one.')
  }
  return { orgId, actor: { kind: 'system', reason: 'command_line' } }
}
