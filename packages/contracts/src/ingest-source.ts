import * as z from 'zod'
import { HeaderMap } from './endpoint-headers.ts'
import { SecretKey } from './endpoint-secret.ts'
import { EndpointUrl } from './endpoint-url.ts'
import { uidOf } from './identifier.ts'
import { listOf, listQuery } from './list.ts'
import { Metadata, MetadataOut, mapOf } from './metadata.ts'
import { proseText } from './text.ts'
import { ThrottleRate } from './throttle-rate.ts'
import { TimestampOut } from './timestamp.ts'

/** The source types that all official SDKs can read. Of any other the older ones' lists would throw. */
export const INGEST_SOURCE_TYPES = [
  'generic-webhook',
  'cron',
  'adobe-sign',
  'beehiiv',
  'brex',
  'checkbook',
  'clerk',
  'docusign',
  'easypost',
  'github',
  'guesty',
  'hubspot',
  'incident-io',
  'lithic',
  'meta',
  'nango',
  'nash',
  'openclaw',
  'orum-io',
  'panda-doc',
  'port-io',
  'pleo',
  'psi-fi',
  'replicate',
  'resend',
  'rutter',
  'safebase',
  'sardine',
  'segment',
  'shopify',
  'slack',
  'stripe',
  'stych',
  'svix',
  'zoom',
  'tailscale',
  'telnyx',
  'vapi',
  'open-ai',
  'render',
  'veriff',
  'airwallex',
  'vgs',
] as const

/** Those that the newer SDKs make beside them. */
const NEWER_TYPES = ['merge'] as const

const SourceConfig = mapOf(
  z.string().max(64),
  z.union([z.string().max(32_767), z.number(), z.boolean(), z.null()]),
)
  .nullish()
  .transform((config) => config ?? {})

const sourceFields = {
  name: proseText(256).min(1),
  uid: uidOf('src_')
    .max(60)
    .nullish()
    .transform((uid) => uid ?? null),
  metadata: Metadata.nullish().transform((metadata) => metadata ?? {}),
  config: SourceConfig,
}

export const IngestSourceIn = z
  .object({ ...sourceFields, type: z.enum([...INGEST_SOURCE_TYPES, ...NEWER_TYPES]) })
  .meta({ id: 'IngestSourceIn' })
export type IngestSourceIn = z.output<typeof IngestSourceIn>

export const IngestSourceOut = z
  .object({
    id: z.string(),
    uid: z.string().nullish(),
    name: z.string(),
    ingestUrl: z.string().nullish(),
    type: z.string(),
    config: z.record(z.string(), z.unknown()),
    metadata: MetadataOut,
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
    appId: z.string(),
    unverified: z.boolean().describe('Nothing proves who sends: whoever knows the URL can'),
  })
  .meta({ id: 'IngestSourceOut' })
export type IngestSourceOut = z.infer<typeof IngestSourceOut>

export const IngestSourceList = listOf(IngestSourceOut, 'IngestSourceOut')
export const IngestSourceListQuery = listQuery(
  z.string().regex(/^-?src_[0-9A-Za-z]{22}$/, 'Invalid iterator'),
)

export const RotateTokenOut = z.object({ ingestUrl: z.string() }).meta({ id: 'RotateTokenOut' })

const HOUR_SECONDS = 3_600
const WEEK_SECONDS = 604_800

export const IngestSourceConsumerPortalAccessIn = z
  .object({
    expiry: z.int().min(HOUR_SECONDS).max(WEEK_SECONDS).nullish().describe('Seconds'),
    readOnly: z.boolean().nullish(),
  })
  .transform(({ expiry, readOnly }) => ({
    expirySeconds: expiry ?? WEEK_SECONDS,
    readOnly: readOnly === true,
  }))
  .meta({ id: 'IngestSourceConsumerPortalAccessIn' })

const endpointFields = z.object({
  url: EndpointUrl,
  description: proseText(16_384).default(''),
  uid: uidOf('ep_').nullish(),
  throttleRate: ThrottleRate.nullish(),
  disabled: z.boolean().default(false),
  metadata: Metadata.nullish(),
})

function wholeEndpoint(fields: z.output<typeof endpointFields>) {
  return {
    url: fields.url,
    description: fields.description,
    uid: fields.uid ?? null,
    throttleRate: fields.throttleRate ?? null,
    disabled: fields.disabled,
    metadata: fields.metadata ?? {},
  }
}

export const IngestEndpointUpsertIn = endpointFields
  .transform(wholeEndpoint)
  .meta({ id: 'IngestEndpointUpsertIn' })

export const IngestEndpointIn = endpointFields
  .extend({ secret: SecretKey.nullish(), headers: HeaderMap.nullish() })
  .transform(({ secret, headers, ...fields }) => ({
    ...wholeEndpoint(fields),
    secret: secret ?? null,
    headers: headers ?? {},
  }))
  .meta({ id: 'IngestEndpointIn' })

const transformationFields = {
  code: z.string().min(10).max(51_200).nullish(),
  variables: z.record(z.string(), z.string()).nullish(),
}

export const IngestEndpointTransformationOut = z
  .object({ ...transformationFields, enabled: z.boolean() })
  .meta({ id: 'IngestEndpointTransformationOut' })

export const IngestEndpointTransformationPatch = z
  .object({
    code: z.string().min(10).max(51_200).nullable().exactOptional(),
    enabled: z.boolean().exactOptional(),
    variables: mapOf(z.string().max(256), z.string().max(4_096)).nullable().exactOptional(),
  })
  .meta({ id: 'IngestEndpointTransformationPatch' })
