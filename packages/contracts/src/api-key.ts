import * as z from 'zod'
import { IdOrUid } from './identifier.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { lineText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_SECONDS = 315_360_000

export const ApiKeyIn = z
  .object({
    name: lineText(256).min(1),
    scopes: z
      .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_.:*-]{0,63}$/, 'Must be a scope'))
      .min(1)
      .max(20)
      .describe('read, write, publish, admin, or those of Losant and Locoia'),
    expiresInSeconds: z.int().min(60).max(MAX_SECONDS).nullish(),
    applications: z
      .array(IdOrUid)
      .max(100)
      .nullish()
      .describe('Ids or uids of the only ones that it is taken for; none: all'),
  })
  .meta({ id: 'ApiKeyIn' })

const MAX_GRACE_SECONDS = 2_592_000

export const ApiKeyRotateIn = z
  .object({
    gracePeriodSeconds: z
      .int()
      .min(0)
      .max(MAX_GRACE_SECONDS)
      .default(86_400)
      .describe('How long the former key is still taken'),
  })
  .meta({ id: 'ApiKeyRotateIn' })

/** Null: not limited. */
export const LimitOut = z
  .array(z.object({ id: z.string(), name: z.string().nullable() }))
  .nullable()

export const ApiKeyOut = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: TimestampOut,
    expiresAt: TimestampOut.nullable(),
    revokedAt: TimestampOut.nullable(),
    lastUsedAt: TimestampOut.nullable().describe('To ten minutes'),
    applications: LimitOut.describe(
      'The only ones that it is taken for; null: all. Without a name: deleted',
    ),
  })
  .meta({ id: 'ApiKeyOut' })
export type ApiKeyOut = z.infer<typeof ApiKeyOut>

/** `key` is shown this once. */
export const ApiKeyCreatedOut = ApiKeyOut.extend({ key: z.string() }).meta({
  id: 'ApiKeyCreatedOut',
})
export type ApiKeyCreatedOut = z.infer<typeof ApiKeyCreatedOut>

export const ApiKeyList = listOf(ApiKeyOut, 'ApiKeyOut')
export type ApiKeyList = z.infer<typeof ApiKeyList>
export const ApiKeyListQuery = pageQuery(iteratorOf('key_'))
