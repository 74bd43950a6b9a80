import * as z from 'zod'
import { queryFlag, queryInt } from './query.ts'
import { isStorableJson, proseText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_TEXT = 32_767
const MAX_SHORT = 255
const MAX_PER_PAGE = 1_000
const MAX_PAGE = 1_000_000

const LosantId = z.string().regex(/^[A-Fa-f\d]{24}$/)
const VerificationType = z.enum(['facebook', 'fitbit', 'none', 'twilio', 'alexa'])

const storable = (max: number) =>
  z.string().max(max).refine(isStorableJson, 'Must not contain NUL or lone surrogates')

const fields = {
  name: proseText(MAX_SHORT).min(1),
  description: storable(MAX_TEXT).exactOptional(),
  responseCode: z.int().min(100).max(599).exactOptional(),
  verificationType: VerificationType.exactOptional(),
  verificationCode: storable(MAX_TEXT).exactOptional(),
  waitForReply: z.boolean().exactOptional(),
  basicAuthUsername: storable(MAX_SHORT).exactOptional(),
  basicAuthPassword: storable(MAX_SHORT).exactOptional(),
  isWebsocket: z
    .literal(false, 'WebSockets are not supported')
    .exactOptional()
    .describe('Only false: WebSockets are not supported'),
  castBuffersAs: z.enum(['array', 'binary', 'utf8', 'base64', 'hex']).exactOptional(),
  annotateMultipart: z.boolean().exactOptional(),
  enabled: z.boolean().exactOptional(),
}

/** What Losant's clients don't know is refused. */
export const LosantWebhookPost = z.strictObject(fields).meta({ id: 'LosantWebhookPost' })
export type LosantWebhookPost = z.output<typeof LosantWebhookPost>

export const LosantWebhookPatch = z
  .strictObject({ ...fields, name: fields.name.exactOptional() })
  .meta({ id: 'LosantWebhookPatch' })
export type LosantWebhookPatch = z.output<typeof LosantWebhookPatch>

export const LosantWebhookOut = z
  .object({
    id: LosantId,
    webhookId: LosantId,
    applicationId: LosantId,
    creationDate: TimestampOut,
    lastUpdated: TimestampOut,
    name: z.string(),
    description: z.string().exactOptional(),
    token: z.string().describe('The secret part of its URL'),
    responseCode: z.int(),
    verificationType: VerificationType,
    verificationCode: z.string().exactOptional(),
    waitForReply: z.boolean(),
    basicAuthUsername: z.string().exactOptional(),
    basicAuthPassword: z.string().exactOptional(),
    isWebsocket: z.boolean(),
    castBuffersAs: z.string(),
    annotateMultipart: z.boolean(),
    enabled: z.boolean(),
  })
  .meta({ id: 'LosantWebhookOut' })
export type LosantWebhookOut = z.infer<typeof LosantWebhookOut>

export const LosantWebhooks = z
  .object({
    items: z.array(LosantWebhookOut),
    count: z.int(),
    totalCount: z.int(),
    perPage: z.int(),
    page: z.int(),
    filter: z.string().exactOptional(),
    filterField: z.string().exactOptional(),
    sortField: z.string(),
    sortDirection: z.enum(['asc', 'desc']),
    applicationId: LosantId,
  })
  .meta({ id: 'LosantWebhooks' })
export type LosantWebhooks = z.infer<typeof LosantWebhooks>

/** Blank is as good as left out. */
function blankable<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema)
}

export const LosantWebhooksQuery = z.object({
  sortField: blankable(z.enum(['name', 'id', 'creationDate', 'lastUpdated']).default('name')),
  sortDirection: blankable(
    z.preprocess(
      (value) => (typeof value === 'string' ? value.toLowerCase() : value),
      z.enum(['asc', 'desc']).default('asc'),
    ),
  ),
  page: blankable(queryInt(z.int().min(0).max(MAX_PAGE).default(0))),
  perPage: blankable(queryInt(z.int().min(1).max(MAX_PER_PAGE).default(100))),
  filterField: blankable(z.enum(['name']).optional()),
  filter: blankable(z.string().max(MAX_SHORT).refine(isStorableJson, 'Must be text').optional()),
})

export const LosantDeleteQuery = z.object({ includeWorkflows: queryFlag(false) })

export const LosantSuccess = z.object({ success: z.boolean() }).meta({ id: 'LosantSuccess' })

const MAX_HEADERS = 40
const MAX_HEADER_NAME = 128

/** What a backend answers the caller who waits. */
export const SourceReplyIn = z
  .object({
    status: z.unknown().optional().describe('200 where it is no status'),
    headers: z
      .record(z.string().max(MAX_HEADER_NAME), z.string())
      .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, 'At most 40 headers')
      .exactOptional(),
    body: z.unknown().optional().describe('A string, or what is sent as JSON; may be left out'),
  })
  .meta({ id: 'SourceReplyIn' })
export type SourceReplyIn = z.output<typeof SourceReplyIn>
