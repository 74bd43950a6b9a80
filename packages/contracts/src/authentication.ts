import * as z from 'zod'
import { ApplicationIn } from './application.ts'
import { FeatureFlag } from './identifier.ts'
import { TimestampOut } from './timestamp.ts'

const HOUR_SECONDS = 3600
const WEEK_SECONDS = 604_800
const MAX_EXPIRE_DELAY_SECONDS = 259_200

export const AppPortalCapability = z
  .enum([
    'ViewBase',
    'ViewEndpointSecret',
    'ManageEndpointSecret',
    'ManageTransformations',
    'CreateAttempts',
    'ManageEndpoint',
    'ViewSources',
    'ManageSources',
  ])
  .meta({ id: 'AppPortalCapability' })
export type AppPortalCapability = z.infer<typeof AppPortalCapability>

const SessionId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9@_-]+$/, 'Must match the following pattern: ^[a-zA-Z0-9@_-]+$')

/** The console makes sessions of that name, `staff-usr_…`: record, list and banner take them for the user's. */
const OwnSessionId = SessionId.refine(
  (id) => !id.startsWith('staff-'),
  'Must not start with staff-: so do the sessions that staff open',
)

/** Of a token that names none. What concerns sources is granted by name only. */
const OF_ENDPOINTS = AppPortalCapability.exclude(['ViewSources', 'ManageSources'])

/** A token for one application. No capabilities named means all that the SDKs know; `readOnly` is their older form. */
export const AppPortalAccessIn = z
  .object({
    application: ApplicationIn.nullish(),
    featureFlags: z.array(FeatureFlag).max(25).default([]),
    expiry: z.int().min(HOUR_SECONDS).max(WEEK_SECONDS).nullish().describe('Seconds'),
    sessionId: OwnSessionId.nullish(),
    capabilities: z.array(AppPortalCapability).max(25).nullish(),
    readOnly: z.boolean().nullish().meta({ deprecated: true }),
  })
  .transform((fields) => ({
    application: fields.application ?? null,
    featureFlags: [...new Set(fields.featureFlags)],
    expirySeconds: fields.expiry ?? WEEK_SECONDS,
    sessionId: fields.sessionId ?? null,
    capabilities: capabilitiesOf(fields.capabilities ?? null, fields.readOnly === true),
  }))
  .meta({ id: 'AppPortalAccessIn' })
export type AppPortalAccessIn = z.output<typeof AppPortalAccessIn>

function capabilitiesOf(named: AppPortalCapability[] | null, readOnly: boolean) {
  if (named !== null) return [...new Set(named)]
  return readOnly ? ['ViewBase' as const] : OF_ENDPOINTS.options
}

export const AppPortalAccessOut = z
  .object({ url: z.string(), token: z.string() })
  .meta({ id: 'AppPortalAccessOut' })
export type AppPortalAccessOut = z.infer<typeof AppPortalAccessOut>

export const PortalAccessRenewOut = z
  .object({
    token: z.string(),
    expiresAt: TimestampOut,
    renewableUntil: TimestampOut.meta({ description: 'No renewal reaches beyond' }),
  })
  .meta({ id: 'PortalAccessRenewOut' })
export type PortalAccessRenewOut = z.infer<typeof PortalAccessRenewOut>

/** Ends an application's tokens, `expirySeconds` from now; only the named sessions' if any are named. */
export const ApplicationTokenExpireIn = z
  .object({
    expiry: z.int().min(0).max(MAX_EXPIRE_DELAY_SECONDS).nullish().describe('Seconds'),
    sessionIds: z.array(SessionId).max(1000).default([]),
  })
  .transform(({ expiry, sessionIds }) => ({ expirySeconds: expiry ?? 0, sessionIds }))
  .meta({ id: 'ApplicationTokenExpireIn' })
export type ApplicationTokenExpireIn = z.output<typeof ApplicationTokenExpireIn>
