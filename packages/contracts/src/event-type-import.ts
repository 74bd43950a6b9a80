import * as z from 'zod'
import { describedEventType } from './event-type.ts'
import { EventTypeName } from './identifier.ts'
import { parseRequest } from './validation-error.ts'

/** The document as an object, or as text. */
export const EventTypeImportOpenApiIn = z
  .object({
    dryRun: z.boolean().default(false),
    replaceAll: z.boolean().default(false),
    spec: z.record(z.string(), z.unknown()).nullish(),
    specRaw: z
      .string()
      .nullish()
      .meta({ description: 'JSON, or YAML of at most 1,000,000 characters' }),
    digest: z
      .string()
      .max(64)
      .nullish()
      .meta({ description: 'Of a dry run: only what that answered is done, else 409' }),
  })
  .transform(({ spec, specRaw, digest, ...rest }, ctx) => {
    if (spec && specRaw) return refuse(ctx, 'spec', 'Not together with specRaw')
    const document = spec ?? (specRaw || null)
    if (document === null) return refuse(ctx, 'spec', 'Field required')
    return { ...rest, digest: digest ?? null, document }
  })
  .meta({ id: 'EventTypeImportOpenApiIn' })
export type EventTypeImportOpenApiIn = z.output<typeof EventTypeImportOpenApiIn>

function refuse(ctx: z.core.$RefinementCtx, field: string, message: string): never {
  ctx.issues.push({ code: 'custom', message, input: ctx.value, path: [field] })
  return z.NEVER
}

const Described = z.object({
  spec: z.object({ webhooks: z.record(EventTypeName, describedEventType) }),
})

/** Judges what a document describes as the fields of event types are judged. */
export function parseDescribedEventTypes(webhooks: Readonly<Record<string, unknown>>) {
  const { spec } = parseRequest(Described, { spec: { webhooks } }, 'body')
  return Object.entries(spec.webhooks).map(([name, fields]) => ({ name, fields }))
}

export const EventTypeFromOpenApi = z
  .object({
    name: z.string(),
    description: z.string(),
    deprecated: z.boolean(),
    schemas: z.record(z.string(), z.unknown()).nullish(),
    groupName: z.string().nullish(),
    featureFlags: z.array(z.string()).nullish(),
  })
  .meta({ id: 'EventTypeFromOpenApi' })
export type EventTypeFromOpenApi = z.infer<typeof EventTypeFromOpenApi>

const EventTypeImportChange = z
  .object({
    name: z.string(),
    kind: z.enum(['create', 'update', 'archive']),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
  })
  .meta({ id: 'EventTypeImportChange' })

export const EventTypeImportOpenApiOut = z
  .object({
    data: z
      .object({
        modified: z.array(z.string()),
        to_modify: z.array(EventTypeFromOpenApi).nullish(),
        changes: z.array(EventTypeImportChange),
        digest: z.string().meta({ description: 'Of `changes`' }),
      })
      .meta({ id: 'EventTypeImportOpenApiOutData' }),
  })
  .meta({ id: 'EventTypeImportOpenApiOut' })
export type EventTypeImportOpenApiOut = z.infer<typeof EventTypeImportOpenApiOut>
