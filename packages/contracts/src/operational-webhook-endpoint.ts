import * as z from 'zod'
import { refuseDisagreement } from './alias.ts'
import { HeaderMap } from './endpoint-headers.ts'
import { SecretKey } from './endpoint-secret.ts'
import { EndpointUrl } from './endpoint-url.ts'
import { EventTypeName, filterOf, uidOf } from './identifier.ts'
import { iteratorOf, listOf, listQuery } from './list.ts'
import { Metadata, MetadataOut } from './metadata.ts'
import { proseText } from './text.ts'
import { ThrottleRate, ThrottleRateOut } from './throttle-rate.ts'
import { TimestampOut } from './timestamp.ts'

const EventTypeFilter = filterOf(EventTypeName, 100)
const aliases = { rateLimit: 'throttleRate', filterTypes: 'eventTypes' }

const updateFields = z.object({
  url: EndpointUrl,
  description: proseText(16_384).default(''),
  uid: uidOf('ep_').nullish(),
  throttleRate: ThrottleRate.nullish(),
  rateLimit: ThrottleRate.nullish().meta({ deprecated: true }),
  disabled: z.boolean().default(false),
  eventTypes: EventTypeFilter.nullish(),
  filterTypes: EventTypeFilter.nullish().meta({ deprecated: true }),
  metadata: Metadata.nullish(),
})

function withoutAliases(fields: z.output<typeof updateFields>) {
  return {
    url: fields.url,
    description: fields.description,
    uid: fields.uid ?? null,
    throttleRate: fields.throttleRate ?? fields.rateLimit ?? null,
    disabled: fields.disabled,
    eventTypes: fields.eventTypes ?? fields.filterTypes ?? null,
    metadata: fields.metadata ?? {},
  }
}

export const OperationalWebhookEndpointUpdate = updateFields
  .superRefine(refuseDisagreement(aliases))
  .transform(withoutAliases)
  .meta({ id: 'OperationalWebhookEndpointUpsertIn' })
export type OperationalWebhookEndpointUpdate = z.output<typeof OperationalWebhookEndpointUpdate>

export const OperationalWebhookEndpointIn = updateFields
  .extend({ secret: SecretKey.nullish(), headers: HeaderMap.nullish() })
  .superRefine(refuseDisagreement(aliases))
  .transform(({ secret, headers, ...fields }) => ({
    ...withoutAliases(fields),
    secret: secret ?? null,
    headers: headers ?? {},
  }))
  .meta({ id: 'OperationalWebhookEndpointIn' })
export type OperationalWebhookEndpointIn = z.output<typeof OperationalWebhookEndpointIn>

export const OperationalWebhookEndpointOut = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    uid: z.string().nullish(),
    throttleRate: ThrottleRateOut.nullish(),
    rateLimit: ThrottleRateOut.nullish().meta({ deprecated: true }),
    disabled: z.boolean(),
    eventTypes: z.array(z.string()).nullish(),
    filterTypes: z.array(z.string()).nullish().meta({ deprecated: true }),
    metadata: MetadataOut,
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'OperationalWebhookEndpointOut' })
export type OperationalWebhookEndpointOut = z.infer<typeof OperationalWebhookEndpointOut>

export const OperationalWebhookEndpointList = listOf(
  OperationalWebhookEndpointOut,
  'OperationalWebhookEndpointOut',
)
export type OperationalWebhookEndpointList = z.infer<typeof OperationalWebhookEndpointList>

export const OperationalWebhookEndpointListQuery = listQuery(iteratorOf('ep_'))
export type OperationalWebhookEndpointListQuery = z.output<
  typeof OperationalWebhookEndpointListQuery
>
