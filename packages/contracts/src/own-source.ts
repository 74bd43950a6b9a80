import * as z from 'zod'
import { uidOf } from './identifier.ts'
import { listOf, listQuery } from './list.ts'
import { Metadata, MetadataOut, mapOf } from './metadata.ts'
import { queryFlag } from './query.ts'
import { isStorableJson, proseText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_REPLY_CHARS = 65_536
const MAX_DEDUPE_SECONDS = 30 * 86_400
const MAX_QUARANTINED_BYTES = 5_000_000

const optionFields = {
  enabled: z
    .boolean()
    .exactOptional()
    .describe('Else everything is answered 503, and a schedule rests'),
  noVerification: z.boolean().exactOptional().describe('Takes whatever comes, and is shown so'),
  dedupeSeconds: z
    .int()
    .min(1)
    .max(MAX_DEDUPE_SECONDS)
    .exactOptional()
    .describe('How long the same event counts as a repetition; 7 days'),
  rate: z
    .number()
    .min(0.1)
    .max(1_000_000)
    .nullable()
    .exactOptional()
    .describe("Accepted requests per second; null: the installation's"),
  bodies: z
    .enum(['original', 'json'])
    .exactOptional()
    .describe('Endpoints get what came as it came, or the JSON that says the same'),
  reply: z
    .object({
      status: z.int().min(200).max(599).default(200),
      headers: mapOf(z.string().max(64), z.string()).default({}),
      body: z
        .string()
        .max(MAX_REPLY_CHARS)
        .refine(isStorableJson, 'Must not contain NUL or lone surrogates')
        .default(''),
    })
    .nullable()
    .exactOptional()
    .describe(
      "Answers what is accepted, with {messageId}, {eventType}, {sourceId}; null: the provider's",
    ),
  waitForReply: z
    .boolean()
    .exactOptional()
    .describe('The caller waits up to 30 seconds for a reply by the id of the message, instead'),
  quarantineRequests: z
    .int()
    .min(0)
    .max(10_000)
    .exactOptional()
    .describe('How many refused requests are kept whole, the newest; 1,000. With 0 none are'),
  quarantineBytes: z
    .int()
    .min(1)
    .max(MAX_QUARANTINED_BYTES)
    .exactOptional()
    .describe('Of a body: a bigger one is refused without being kept; 1,000,000'),
  quarantineDays: z
    .int()
    .min(1)
    .max(30)
    .exactOptional()
    .describe('How long a refused request is kept; 7'),
}

const fields = {
  name: proseText(256).min(1),
  uid: uidOf('src_').max(60).nullable().exactOptional(),
  config: mapOf(
    z.string().max(64),
    z.union([z.string().max(32_767), z.number(), z.boolean(), z.null()]),
  )
    .exactOptional()
    .describe("Settings of the type, its secret among them by the provider's name; never shown"),
  secrets: z
    .array(z.string().min(1).max(32_767))
    .max(10)
    .exactOptional()
    .describe(
      'Every live secret or public key, instead of the one in `config`. None: it comes later, and until then everything is quarantined',
    ),
  options: z.object(optionFields).exactOptional(),
  metadata: Metadata.exactOptional(),
}

/** A source of any type, also of those that the SDKs don't know. */
export const SourceIn = z
  .object({
    ...fields,
    type: z.string().min(1).max(64),
    application: z
      .string()
      .min(1)
      .max(256)
      .nullable()
      .exactOptional()
      .describe('Id or uid of the application it publishes into; none: one of its own'),
  })
  .meta({ id: 'SourceIn' })
export type SourceIn = z.output<typeof SourceIn>

/** Absent fields stay. */
export const SourcePatch = z
  .object({
    ...fields,
    name: fields.name.exactOptional(),
    configChanges: fields.config.describe(
      'Settings to set, or with null to remove; the others stay. Instead of `config`',
    ),
  })
  .meta({ id: 'SourcePatch' })
export type SourcePatch = z.output<typeof SourcePatch>

export const SourceOut = z
  .object({
    id: z.string(),
    uid: z.string().nullable(),
    name: z.string(),
    type: z.string(),
    appId: z.string(),
    ingestUrl: z.string(),
    settings: z.array(z.string()).describe('Names of what `config` sets; values may be secrets'),
    shownConfig: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe('Those of them that are no secrets'),
    secrets: z.int().describe('How many are live'),
    secretLearnedAt: TimestampOut.nullable().describe('When the provider brought it; null: given'),
    options: z.object({
      enabled: z.boolean(),
      noVerification: z.boolean(),
      dedupeSeconds: z.int(),
      rate: z.number().nullable(),
      bodies: z.enum(['original', 'json']),
      reply: z
        .object({
          status: z.int(),
          headers: z.record(z.string(), z.string()),
          body: z.string(),
        })
        .nullable(),
      waitForReply: z.boolean(),
      quarantineRequests: z.int(),
      quarantineBytes: z.int(),
      quarantineDays: z.int(),
    }),
    unverified: z.boolean().describe('Nothing proves who sends: whoever knows the URL can'),
    awaitsSecret: z
      .boolean()
      .describe('It has no secret yet: everything is quarantined until it has one'),
    received: z
      .object({
        lastAt: TimestampOut.nullable().describe('Null: nothing came yet'),
        judged: z.int().describe('Of the newest 100: accepted, repeated, refused or quarantined'),
        verified: z.int().describe('How many of these proved who sent them'),
        quarantined: z.int().describe('Kept and not released; 100 stands for that many or more'),
      })
      .exactOptional()
      .describe('With `with_received`'),
    metadata: MetadataOut,
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'SourceOut' })
export type SourceOut = z.infer<typeof SourceOut>

export const LearnedSecretOut = z.object({ secret: z.string() }).meta({ id: 'LearnedSecretOut' })
export type LearnedSecretOut = z.infer<typeof LearnedSecretOut>

export const SourceList = listOf(SourceOut, 'SourceOut')
export const SourceListQuery = listQuery(
  z.string().regex(/^-?src_[0-9A-Za-z]{22}$/, 'Invalid iterator'),
).extend({ with_received: queryFlag(false) })

export const SourceQuery = z.object({ with_received: queryFlag(false) })

export const SourceDeleteQuery = z.object({
  include_triggered: queryFlag(false).describe('Also the endpoints that it triggers'),
})

export const TriggeredEndpointOut = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    isShared: z.boolean().describe('Its filter names others beside the source'),
  })
  .meta({ id: 'TriggeredEndpointOut' })
export type TriggeredEndpointOut = z.infer<typeof TriggeredEndpointOut>

export const TriggeredEndpointsOut = z
  .object({ data: z.array(TriggeredEndpointOut) })
  .meta({ id: 'TriggeredEndpointsOut' })
export type TriggeredEndpointsOut = z.infer<typeof TriggeredEndpointsOut>
