import * as z from 'zod'
import { refuseDisagreement } from './alias.ts'
import { uidOf } from './identifier.ts'
import { iteratorOf, listOf, listQuery } from './list.ts'
import { Metadata, MetadataOut } from './metadata.ts'
import { queryFlag } from './query.ts'
import { lineText } from './text.ts'
import { ThrottleRate, ThrottleRateOut, ThrottleRatePatch } from './throttle-rate.ts'
import { TimestampOut } from './timestamp.ts'

const Name = lineText(1024).min(1)
const ApplicationUid = uidOf('app_')
const aliases = { rateLimit: 'throttleRate' }

/** Create and PUT: what is absent is null. */
export const ApplicationIn = z
  .object({
    name: Name,
    uid: ApplicationUid.nullish(),
    throttleRate: ThrottleRate.nullish(),
    rateLimit: ThrottleRate.nullish().meta({ deprecated: true }),
    metadata: Metadata.nullish(),
  })
  .superRefine(refuseDisagreement(aliases))
  .transform(({ name, uid, throttleRate, rateLimit, metadata }) => ({
    name,
    uid: uid ?? null,
    throttleRate: throttleRate ?? rateLimit ?? null,
    metadata: metadata ?? {},
  }))
  .meta({ id: 'ApplicationIn' })
export type ApplicationIn = z.output<typeof ApplicationIn>

export interface ApplicationPatch {
  name?: string
  uid?: string | null
  throttleRate?: number | null
  metadata?: Record<string, string>
}

/** PATCH: what is absent stays. */
export const ApplicationPatch = z
  .object({
    name: Name.exactOptional(),
    uid: ApplicationUid.nullable().exactOptional(),
    throttleRate: ThrottleRatePatch.nullable().exactOptional(),
    rateLimit: ThrottleRatePatch.nullable().exactOptional().meta({ deprecated: true }),
    metadata: Metadata.nullable().exactOptional(),
  })
  .superRefine(refuseDisagreement(aliases))
  .transform(({ throttleRate, rateLimit, metadata, ...rest }): ApplicationPatch => {
    const rate = throttleRate === undefined ? rateLimit : throttleRate
    return {
      ...rest,
      ...(rate === undefined ? {} : { throttleRate: rate === 0 ? null : rate }),
      ...(metadata === undefined ? {} : { metadata: metadata ?? {} }),
    }
  })
  .meta({ id: 'ApplicationPatch' })

export const ApplicationOut = z
  .object({
    id: z.string(),
    name: z.string(),
    uid: z.string().nullish(),
    throttleRate: ThrottleRateOut.nullish(),
    rateLimit: ThrottleRateOut.nullish().meta({ deprecated: true }),
    metadata: MetadataOut,
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'ApplicationOut' })
export type ApplicationOut = z.infer<typeof ApplicationOut>

export const ApplicationList = listOf(ApplicationOut, 'ApplicationOut')
export type ApplicationList = z.infer<typeof ApplicationList>

export const ApplicationListQuery = listQuery(iteratorOf('app_')).extend({
  exclude_apps_with_no_endpoints: queryFlag(false),
  exclude_apps_with_disabled_endpoints: queryFlag(false),
  exclude_apps_with_svix_play_endpoints: queryFlag(false),
})
export type ApplicationListQuery = z.output<typeof ApplicationListQuery>

export const ApplicationCreateQuery = z.object({ get_if_exists: queryFlag(false) })
export type ApplicationCreateQuery = z.output<typeof ApplicationCreateQuery>
