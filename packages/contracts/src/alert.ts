import * as z from 'zod'
import { SecretKey } from './endpoint-secret.ts'
import { EndpointUrl } from './endpoint-url.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { lineText } from './text.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

const MIN_SECONDS = 60
const MAX_WINDOW_SECONDS = 86_400
const MAX_REMINDER_SECONDS = 604_800
const MAX_ADDRESSES = 20

export const AlertCondition = z
  .enum([
    'lag',
    'oldest_due',
    'success_rate',
    'endpoint_failing',
    'endpoint_disabled',
    'message_exhausted',
    'quarantine_growth',
  ])
  .meta({ id: 'AlertCondition' })
export type AlertCondition = z.infer<typeof AlertCondition>

const AlertTargetIn = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('email'),
    addresses: z.array(z.email().max(254)).min(1).max(MAX_ADDRESSES),
  }),
  z.object({ kind: z.literal('slack'), url: EndpointUrl }),
  z.object({
    kind: z.literal('webhook'),
    url: EndpointUrl,
    secret: SecretKey.exactOptional().describe('Absent: the one it has, or a generated one'),
  }),
])

const fields = {
  name: lineText(256).min(1),
  condition: AlertCondition,
  threshold: z
    .number()
    .min(0)
    .max(1_000_000)
    .describe('Deliveries, seconds, percent, endpoints or requests, as the condition counts'),
  windowSeconds: z
    .int()
    .min(MIN_SECONDS)
    .max(MAX_WINDOW_SECONDS)
    .describe('How long lag and oldest_due have to last; for the others the span looked at'),
  reminderSeconds: z
    .int()
    .min(300)
    .max(MAX_REMINDER_SECONDS)
    .nullable()
    .describe('Between reminders while it fires; null: none'),
  target: AlertTargetIn,
}

export const AlertIn = z
  .object({
    ...fields,
    windowSeconds: fields.windowSeconds.default(300),
    reminderSeconds: fields.reminderSeconds.default(null),
  })
  .meta({ id: 'AlertIn' })
export type AlertIn = z.output<typeof AlertIn>

/** PATCH: what is absent stays; a target is replaced as a whole. */
export const AlertPatch = z
  .object({
    name: fields.name.exactOptional(),
    condition: fields.condition.exactOptional(),
    threshold: fields.threshold.exactOptional(),
    windowSeconds: fields.windowSeconds.exactOptional(),
    reminderSeconds: fields.reminderSeconds.exactOptional(),
    target: fields.target.exactOptional(),
  })
  .meta({ id: 'AlertPatch' })
export type AlertPatch = z.output<typeof AlertPatch>

export const AlertMuteIn = z
  .object({ until: Timestamp.nullable().describe('Null: heard again') })
  .meta({ id: 'AlertMuteIn' })

const AlertTargetOut = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), addresses: z.array(z.string()) }),
  z.object({ kind: z.literal('slack'), url: z.string().describe('Masked: it is a secret') }),
  z.object({ kind: z.literal('webhook'), url: z.string() }),
])
export type AlertTargetOut = z.infer<typeof AlertTargetOut>

export const AlertOut = z
  .object({
    id: z.string(),
    name: z.string(),
    condition: AlertCondition,
    threshold: z.number(),
    windowSeconds: z.int(),
    reminderSeconds: z.int().nullable(),
    target: AlertTargetOut,
    state: z.enum(['ok', 'firing']),
    firingSince: TimestampOut.nullable(),
    mutedUntil: TimestampOut.nullable(),
    observed: z.number().nullable().describe('At the last look; null: too little to judge by'),
    observedAt: TimestampOut.nullable(),
    notifiedAt: TimestampOut.nullable(),
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'AlertOut' })
export type AlertOut = z.infer<typeof AlertOut>

export const AlertList = listOf(AlertOut, 'AlertOut')
export const AlertListQuery = pageQuery(iteratorOf('alert_'))

export const AlertNotificationOut = z
  .object({
    id: z.string(),
    kind: z.enum(['firing', 'resolved', 'reminder', 'test']),
    status: z.enum(['pending', 'sent', 'failed']),
    observed: z.number().nullable(),
    attempts: z.int(),
    error: z.string().nullable().describe('Why the last attempt failed'),
    createdAt: TimestampOut,
    nextAttemptAt: TimestampOut.nullable(),
    settledAt: TimestampOut.nullable(),
  })
  .meta({ id: 'AlertNotificationOut' })
export type AlertNotificationOut = z.infer<typeof AlertNotificationOut>

export const AlertNotificationList = listOf(AlertNotificationOut, 'AlertNotificationOut')
export const AlertNotificationListQuery = pageQuery(iteratorOf('ntf_'))
