import type { EventTypeOut } from '@posthorn/contracts'
import type { Page } from '@posthorn/core'
import type { EventType } from '@posthorn/db'
import { presentPage } from './page-presenter.ts'

export function presentEventType(eventType: EventType, withContent = true): EventTypeOut {
  const { featureFlags } = eventType
  return {
    name: eventType.name,
    description: eventType.description,
    archived: eventType.archived,
    deprecated: eventType.deprecated,
    schemas: withContent ? schemasOf(eventType.schemas) : null,
    schemaValidation: eventType.schemaValidation,
    groupName: eventType.groupName,
    featureFlags: featureFlags.length === 0 ? null : featureFlags,
    featureFlag: featureFlags[0] ?? null,
    createdAt: eventType.createdAt.toISOString(),
    updatedAt: eventType.updatedAt.toISOString(),
  }
}

export function presentEventTypes(page: Page<EventType>, withContent: boolean) {
  return presentPage(page, (eventType) => presentEventType(eventType, withContent))
}

function schemasOf(schemas: unknown): Record<string, unknown> | null {
  return typeof schemas === 'object' && schemas !== null ? { ...schemas } : null
}
