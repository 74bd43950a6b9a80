import * as z from 'zod'
import { describedEventType } from './event-type.ts'
import { EventTypeName } from './identifier.ts'
import { parseRequest } from './validation-error.ts'

/** The document as an object, or as JSON text. */
export const EventTypeImportOpenApiIn = z
  .object({
    dryRun: z.boolean().default(false),
    replaceAll: z.boolean().default(false),
    spec: z.record(z.string(), z.unknown()).nullish(),
    specRaw: z.string().nullish().meta({ description: 'JSON' }),
  })
  .transform(({ spec, specRaw, ...rest }, ctx) => {
    if (spec && specRaw) return refuse(ctx, 'spec', 'Not together with specRaw')
    const document = spec ?? parseText(specRaw ?? '')
    if (document !== null) return { ...rest, document }
    return specRaw
      ? refuse(ctx, 'specRaw', 'Must be a JSON object')
      : refuse(ctx, 'spec', 'Field required')
  })
  .meta({ id: 'EventTypeImportOpenApiIn' })
export type EventTypeImportOpenApiIn = z.output<typeof EventTypeImportOpenApiIn>

function refuse(ctx: z.core.$RefinementCtx, field: string, message: string): never {
  ctx.issues.push({ code: 'custom', message, input: ctx.value, path: [field] })
  return z.NEVER
}

function parseText(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? Object.fromEntries(Object.entries(value)) : null
  } catch {
    return null
  }
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
      })
      .meta({ id: 'EventTypeImportOpenApiOutData' }),
  })
  .meta({ id: 'EventTypeImportOpenApiOut' })
export type EventTypeImportOpenApiOut = z.infer<typeof EventTypeImportOpenApiOut>
