import * as z from 'zod'
import { EventTypeName, FeatureFlag } from './identifier.ts'
import { listOf, listQuery, nameIterator } from './list.ts'
import { mapOf } from './metadata.ts'
import { queryFlag } from './query.ts'
import { isStorableJson, jsonBytes, proseText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_SCHEMAS_BYTES = 262_144
const MAX_FLAGS = 25

const Description = proseText(16_384)
const GroupName = EventTypeName
const Version = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9\-_.]+$/, 'Must match the following pattern: ^[a-zA-Z0-9\\-_.]+$')

/** JSON Schema (draft 7) by version. Whether each is a valid schema is the catalog's to say. */
const Schemas = mapOf(Version, z.record(z.string(), z.unknown()))
  .refine((schemas) => jsonBytes(schemas) <= MAX_SCHEMAS_BYTES, 'Must be at most 256 kB as JSON')
  .refine(isStorableJson, 'Must not contain NUL or lone surrogates')

const FeatureFlags = z
  .array(FeatureFlag)
  .max(MAX_FLAGS)
  .transform((flags) => (flags.length === 0 ? null : [...new Set(flags)]))

/** What a payload that breaks the type's schema means for its message. */
export const SchemaValidation = z.enum(['off', 'warn', 'reject']).meta({ id: 'SchemaValidation' })
export type SchemaValidation = z.infer<typeof SchemaValidation>

const updateFields = z.object({
  description: Description,
  archived: z.boolean().default(false),
  deprecated: z.boolean().default(false),
  schemas: Schemas.nullish(),
  schemaValidation: SchemaValidation.default('warn'),
  groupName: GroupName.nullish(),
  featureFlags: FeatureFlags.nullish(),
  featureFlag: FeatureFlag.nullish().meta({ deprecated: true }),
})

/** What an imported document may say of an event type. */
export const describedEventType = z.object({
  description: Description,
  deprecated: z.boolean(),
  schemas: Schemas.exactOptional(),
  groupName: GroupName.exactOptional(),
  featureFlags: FeatureFlags.transform((flags) => flags ?? []).exactOptional(),
})

function withoutAliases(fields: z.output<typeof updateFields>) {
  return {
    description: fields.description,
    archived: fields.archived,
    deprecated: fields.deprecated,
    schemas: fields.schemas ?? null,
    schemaValidation: fields.schemaValidation,
    groupName: fields.groupName ?? null,
    featureFlags: fields.featureFlags ?? listOfFlag(fields.featureFlag ?? null),
  }
}

function listOfFlag(flag: string | null): string[] | null {
  return flag === null ? null : [flag]
}

/** PUT: the name is the path's. */
export const EventTypeUpdate = updateFields
  .transform(withoutAliases)
  .meta({ id: 'EventTypeUpsertIn' })
export type EventTypeUpdate = z.output<typeof EventTypeUpdate>

export const EventTypeIn = updateFields
  .extend({ name: EventTypeName })
  .transform(({ name, ...fields }) => ({ name, ...withoutAliases(fields) }))
  .meta({ id: 'EventTypeIn' })
export type EventTypeIn = z.output<typeof EventTypeIn>

export interface EventTypePatch {
  description?: string
  archived?: boolean
  deprecated?: boolean
  schemas?: Record<string, Record<string, unknown>> | null
  schemaValidation?: SchemaValidation
  groupName?: string | null
  featureFlags?: string[] | null
}

/** PATCH: what is absent stays. */
export const EventTypePatch = z
  .object({
    description: Description.exactOptional(),
    archived: z.boolean().exactOptional(),
    deprecated: z.boolean().exactOptional(),
    schemas: Schemas.nullable().exactOptional(),
    schemaValidation: SchemaValidation.exactOptional(),
    groupName: GroupName.nullable().exactOptional(),
    featureFlags: FeatureFlags.nullable().exactOptional(),
    featureFlag: FeatureFlag.nullable().exactOptional().meta({ deprecated: true }),
  })
  .transform(({ featureFlag, ...rest }): EventTypePatch => {
    if (rest.featureFlags !== undefined || featureFlag === undefined) return rest
    return { ...rest, featureFlags: listOfFlag(featureFlag) }
  })
  .meta({ id: 'EventTypePatch' })

export const EventTypeOut = z
  .object({
    name: z.string(),
    description: z.string(),
    archived: z.boolean(),
    deprecated: z.boolean(),
    schemas: z.record(z.string(), z.unknown()).nullish(),
    schemaValidation: SchemaValidation,
    groupName: z.string().nullish(),
    featureFlags: z.array(z.string()).nullish(),
    featureFlag: z.string().nullish().meta({ deprecated: true }),
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'EventTypeOut' })
export type EventTypeOut = z.infer<typeof EventTypeOut>

export const EventTypeList = listOf(EventTypeOut, 'EventTypeOut')
export type EventTypeList = z.infer<typeof EventTypeList>

export const EventTypeListQuery = listQuery(nameIterator).extend({
  include_archived: queryFlag(false),
  with_content: queryFlag(false),
})
export type EventTypeListQuery = z.output<typeof EventTypeListQuery>

export const EventTypeDeleteQuery = z.object({ expunge: queryFlag(false) })
export type EventTypeDeleteQuery = z.output<typeof EventTypeDeleteQuery>
