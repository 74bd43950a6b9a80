import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

export const SettingSource = z
  .enum(['default', 'environment', 'console', 'publish'])
  .meta({ id: 'SettingSource' })
export type SettingSource = z.infer<typeof SettingSource>

/** Never a secret: of those only whether there is one. */
export const InstallationSettingOut = z
  .object({
    group: z.enum(['start', 'urls', 'pages', 'delivery', 'networks', 'limits', 'stores', 'staff']),
    name: z.string(),
    /** As it would be written; null: none. */
    value: z.string().nullable(),
    source: z
      .enum(['default', 'environment', 'start', 'console'])
      .describe('start: given to the start, or made by it'),
    variable: z.string(),
  })
  .meta({ id: 'InstallationSettingOut' })
export type InstallationSettingOut = z.infer<typeof InstallationSettingOut>

export const InstallationSettingsOut = z
  .object({
    data: z.array(InstallationSettingOut),
    /** The machines that deliveries leave from. */
    workerHosts: z.array(z.string()),
  })
  .meta({ id: 'InstallationSettingsOut' })
export type InstallationSettingsOut = z.infer<typeof InstallationSettingsOut>

const RetentionRule = z.object({
  kind: z.enum(['messages', 'attempts', 'source_requests', 'payloads', 'audit', 'quarantine']),
  /** Null: as long as its message, or for ever. */
  days: z.int().nullable(),
  source: SettingSource,
  appliesTo: z.enum(['installation', 'organisation', 'source', 'message']),
})
export type RetentionRule = z.infer<typeof RetentionRule>

const Week = z.object({
  startsAt: TimestampOut,
  endsAt: TimestampOut,
  /** When its last day has been kept long enough. */
  dropsAt: TimestampOut,
  /** On disk, indexes included. */
  bytes: z.object({
    messages: z.number(),
    deliveries: z.number(),
    attempts: z.number(),
    sourceRequests: z.number(),
  }),
  /** About how many; null: not counted yet. */
  messages: z.number().nullable(),
})
export type RetentionWeekOut = z.infer<typeof Week>

export const RetentionOut = z
  .object({
    days: z.int(),
    source: SettingSource,
    /** What holds without a choice made in the console. */
    environmentDays: z.int(),
    changedBy: z.string().nullable(),
    changedAt: TimestampOut.nullable(),
    rules: z.array(RetentionRule),
    /** The oldest first. */
    weeks: z.array(Week),
    totalBytes: z.number(),
    /** Whether who asks may change it: only an owner of every organisation. */
    mayChange: z.boolean(),
    /** In use, and of other owners. */
    othersOrganisations: z.int().nullable(),
  })
  .meta({ id: 'RetentionOut' })
export type RetentionOut = z.infer<typeof RetentionOut>

const MAX_DAYS = 3_650

export const RetentionPreviewQuery = z.object({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DAYS)
    .optional()
    .describe('Absent: as the environment says'),
})

export const RetentionPreviewOut = z
  .object({
    days: z.int(),
    currentDays: z.int(),
    isLower: z.boolean(),
    /** A Monday, as `2026-08-24`: what is older goes. Typed to confirm. */
    dropsBefore: z.string(),
    weeks: z.int(),
    bytes: z.number(),
    /** About how many; null: not counted yet. */
    messages: z.number().nullable(),
  })
  .meta({ id: 'RetentionPreviewOut' })
export type RetentionPreviewOut = z.infer<typeof RetentionPreviewOut>

export const RetentionIn = z
  .object({
    days: z.int().min(1).max(MAX_DAYS).nullable().describe('Null: as the environment says'),
    /** To lower it: `dropsBefore` of the preview. */
    confirmation: z.string().max(32).nullish(),
  })
  .meta({ id: 'RetentionIn' })
