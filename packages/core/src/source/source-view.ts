import { findCurrentSourceToken, type Source } from '@posthorn/db'
import type { Config } from '@posthorn/providers'
import type { CoreContext } from '../context.ts'
import type { BodyForm } from './body-form.ts'
import type { CustomReply } from './custom-reply.ts'
import { DEFAULT_QUARANTINE, type QuarantineLimits } from './quarantine-limits.ts'

export interface SourceOptions extends QuarantineLimits, LearnedSecret {
  /** Else everything is refused, so that the sender comes again. */
  readonly enabled: boolean
  /** Whatever comes is taken, and shown as unverified. */
  readonly noVerification: boolean
  /** How long the same event counts as a repetition. */
  readonly dedupeSeconds: number
  /** Accepted requests per second; null: the installation's. */
  readonly rate: number | null
  readonly bodies: BodyForm
  /** Null: the provider's. */
  readonly reply: CustomReply | null
  /** The caller waits for what a backend replies, instead. */
  readonly waitForReply: boolean
}

interface LearnedSecret {
  /** When the provider brought the secret, ISO 8601; null: it was given, or there is none. */
  readonly secretLearnedAt: string | null
}

/** A source as its owner sees it; the secrets stay inside. */
export interface SourceView {
  readonly id: string
  readonly appId: string
  readonly uid: string | null
  readonly name: string
  readonly type: string
  readonly config: Config
  /** Those the provider calls public may be shown. */
  readonly secrets: readonly string[]
  readonly options: SourceOptions
  readonly metadata: Readonly<Record<string, string>>
  /** The secret part of its URL. */
  readonly token: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const DEFAULT_OPTIONS: SourceOptions = {
  enabled: true,
  noVerification: false,
  dedupeSeconds: 7 * 86_400,
  rate: null,
  bodies: 'original',
  reply: null,
  waitForReply: false,
  secretLearnedAt: null,
  ...DEFAULT_QUARANTINE,
}

export async function viewSources(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  rows: readonly Source[],
): Promise<SourceView[]> {
  const ids = rows.map((row) => row.id)
  const tokens = await findCurrentSourceToken(ctx.db.prisma, ids)
  return rows.map((row) => {
    const sealed = tokens.get(row.id)
    const token = sealed === undefined ? '' : ctx.vault.open(sealed)
    return { ...openSource(ctx, row), token }
  })
}

/** Without its URL. */
export function openSource(
  { vault }: Pick<CoreContext, 'vault'>,
  row: Source,
): Omit<SourceView, 'token'> {
  const { id, appId, uid, name, type, createdAt, updatedAt } = row
  return {
    id,
    appId,
    uid,
    name,
    type,
    createdAt,
    updatedAt,
    config: readConfig(vault.open(row.config)),
    secrets: readSecrets(vault.open(row.secrets)),
    options: { ...DEFAULT_OPTIONS, ...readOptions(row.options) },
    metadata: readMetadata(row.metadata),
  }
}

// What these columns hold was checked when it was written, by this package alone.
function readConfig(text: string): Config {
  return JSON.parse(text) as Config
}

function readSecrets(text: string): string[] {
  return JSON.parse(text) as string[]
}

function readOptions(value: unknown): Partial<SourceOptions> {
  return value as Partial<SourceOptions>
}

function readMetadata(value: unknown): Record<string, string> {
  return value as Record<string, string>
}
