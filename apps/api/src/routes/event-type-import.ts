import {
  type EventTypeFromOpenApi,
  EventTypeImportOpenApiIn,
  EventTypeImportOpenApiOut,
  parseDescribedEventTypes,
} from '@posthorn/contracts'
import {
  type EventTypeImport,
  type ImportedEventType,
  importEventTypes,
  readOpenApi,
} from '@posthorn/core'
import { afterCommit } from '@posthorn/db'
import { refuseBadSchemas } from '../http/judge-schemas.ts'
import { readDocument } from '../http/read-document.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const importOpenApi = endpointRoute({
  method: 'post',
  path: '/api/v1/event-type/import/openapi',
  operationId: 'v1.event-type.import-openapi',
  summary: 'Bring event types to what an OpenAPI document describes',
  tags: ['Event Type'],
  access: { of: 'organisation' },
  body: EventTypeImportOpenApiIn,
  response: { 200: EventTypeImportOpenApiOut },
  handle: async (ctx, { scope, body: { document: given, ...how } }) => {
    const document =
      typeof given === 'string'
        ? await readDocument(ctx.convertBody, { text: given, at: ['body', 'specRaw'] })
        : given
    const eventTypes = parseDescribedEventTypes(readOpenApi(document))
    // One after the other: the validator's thread serves the publishes too.
    for (const { name, fields } of eventTypes) {
      const at = ['body', 'spec', 'webhooks', name, 'schema']
      await refuseBadSchemas(ctx.validator, fields.schemas ?? null, at)
    }
    const done = await importEventTypes(ctx, scope, { eventTypes, ...how })
    if (!how.dryRun) afterCommit(ctx.db, () => ctx.schemas.forget(scope.orgId))
    return ok(presentImport(done, how.dryRun ? eventTypes : null))
  },
})

/** `planned`: what was described, of a dry run. */
function presentImport(
  { changes, digest }: EventTypeImport,
  planned: readonly ImportedEventType[] | null,
): EventTypeImportOpenApiOut {
  const names = new Set(changes.map((change) => change.name))
  const shown = changes.map(({ name, kind, changes: fields }) => ({ name, kind, changes: fields }))
  if (planned === null) return { data: { modified: [...names], changes: shown, digest } }
  const toModify = planned.filter((one) => names.has(one.name)).map(presentDescribed)
  return { data: { modified: [], to_modify: toModify, changes: shown, digest } }
}

function presentDescribed({ name, fields }: ImportedEventType): EventTypeFromOpenApi {
  return {
    name,
    description: fields.description,
    deprecated: fields.deprecated,
    schemas: fields.schemas ?? null,
    groupName: fields.groupName ?? null,
    featureFlags: fields.featureFlags?.length ? [...fields.featureFlags] : null,
  }
}

export const eventTypeImportRoutes = [importOpenApi] as const
