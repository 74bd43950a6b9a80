import * as z from 'zod'
import { StaffRole } from './staff.ts'
import { lineText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const Name = lineText(100)
  .trim()
  .min(1)
  .meta({ description: 'What people call this environment: Staging' })

export const OrganisationIn = z.object({ name: Name }).meta({ id: 'OrganisationIn' })

export const OrganisationOut = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    role: StaffRole,
    /** Not archived. */
    eventTypes: z.int(),
    createdAt: TimestampOut,
  })
  .meta({ id: 'OrganisationOut' })
export type OrganisationOut = z.infer<typeof OrganisationOut>

export const OrganisationsOut = z
  .object({ data: z.array(OrganisationOut) })
  .meta({ id: 'OrganisationsOut' })
export type OrganisationsOut = z.infer<typeof OrganisationsOut>

export const OrganisationMadeOut = z.object({ id: z.string() }).meta({ id: 'OrganisationMadeOut' })
export type OrganisationMadeOut = z.infer<typeof OrganisationMadeOut>

/** Into the organisation of the request. Without a digest nothing is changed: the answer is what would be. */
export const OrganisationCopyIn = z
  .object({
    from: z.string().regex(/^org_[0-9A-Za-z]+$/, 'Must be an organisation'),
    digest: z.string().max(64).nullish(),
  })
  .meta({ id: 'OrganisationCopyIn' })

const CopiedKind = z.enum(['event_type', 'operational_webhook', 'alert_rule'])

const CopyItem = z
  .object({
    kind: CopiedKind,
    /** An event type's name, an endpoint's URL, a rule's name. */
    name: z.string(),
    change: z.enum(['add', 'change']),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
  })
  .meta({ id: 'OrganisationCopyItem' })
export type OrganisationCopyItem = z.infer<typeof CopyItem>

export const OrganisationCopyOut = z
  .object({
    /** What differs, the first of it: as much as one copy takes. */
    items: z.array(CopyItem),
    /** Of all that differs; more than `items` asks for another round. */
    total: z.int(),
    /** What only this organisation has: it stays. */
    untouched: z.array(z.object({ kind: CopiedKind, names: z.array(z.string()), total: z.int() })),
    /** Of what was shown; null once it is done. */
    digest: z.string().nullable(),
    isDone: z.boolean(),
  })
  .meta({ id: 'OrganisationCopyOut' })
export type OrganisationCopyOut = z.infer<typeof OrganisationCopyOut>
