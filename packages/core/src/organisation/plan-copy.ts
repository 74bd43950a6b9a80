import { type EventType, listEndpoints, lockEventTypes, type Transaction } from '@posthorn/db'
import type { EndpointRow, EventTypeFields } from '@posthorn/db'
import { readDifference } from '@posthorn/db/staff'
import { type AuditChanges, diffChanges } from '../audit/diff-changes.ts'

/** All that belongs to an organisation and is no secret, no person and no customer's. */
export type CopiedKind = 'event_type' | 'operational_webhook' | 'alert_rule'

export interface CopyItem {
  readonly kind: CopiedKind
  /** An event type's name, an endpoint's URL, a rule's name. */
  readonly name: string
  readonly change: 'add' | 'change'
  readonly changes: AuditChanges
}

export interface PlannedEventType extends CopyItem {
  readonly kind: 'event_type'
}

export interface PlannedWebhook extends CopyItem {
  readonly kind: 'operational_webhook'
  readonly before: EndpointRow | null
  readonly fields: WebhookFields
}

export interface WebhookFields {
  readonly description: string
  readonly eventTypes: string[]
  readonly throttleRate: number | null
  readonly metadata: Record<string, string>
}

interface OneSide {
  readonly orgId: string
  /** The reserved application. */
  readonly appId: string
}

export interface CopyPair {
  readonly from: OneSide
  readonly to: OneSide
}

export interface Planned<T> {
  readonly items: readonly T[]
  /** Of all that differ; `items` are the first. */
  readonly total: number
  /** What only the target has: it stays as it is. */
  readonly onlyThere: { readonly names: readonly string[]; readonly total: number }
}

export async function planEventTypes(
  tx: Transaction,
  { from, to }: CopyPair,
): Promise<Planned<PlannedEventType>> {
  const pair = { fromOrgId: from.orgId, toOrgId: to.orgId }
  const { names, total, onlyThere } = await readDifference(tx, pair)
  const wanted = await lockEventTypes(tx, from, names)
  const there = new Map((await lockEventTypes(tx, to, names)).map((row) => [row.name, row]))
  const items = wanted
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((row) => planEventType(row, there.get(row.name) ?? null))
    .filter((item) => Object.keys(item.changes).length > 0)
  return { items, total, onlyThere }
}

function planEventType(row: EventType, before: EventType | null): PlannedEventType {
  const fields: EventTypeFields = {
    description: row.description,
    archived: row.archived,
    deprecated: row.deprecated,
    schemas: objectOf(row.schemas),
    schemaValidation: row.schemaValidation,
    groupName: row.groupName,
    featureFlags: row.featureFlags,
  }
  return {
    kind: 'event_type',
    name: row.name,
    change: before === null ? 'add' : 'change',
    changes: diffChanges({ ...before }, { ...fields }),
  }
}

const MAX_NAMES = 100
const MAX_COMPARED = 1_000
/** Each takes several statements. */
const MAX_WEBHOOKS = 20

/** Told apart by URL. Secrets and custom headers aren't copied: a new endpoint signs with a secret of its own. */
export async function planWebhooks(
  tx: Transaction,
  { from, to }: CopyPair,
): Promise<Planned<PlannedWebhook>> {
  const window = { direction: 'asc', after: null, take: MAX_COMPARED } as const
  const wanted = byUrl(await listEndpoints(tx, from, window))
  const there = byUrl(await listEndpoints(tx, to, window))
  const items = [...wanted.values()]
    .filter((row) => !row.disabled || there.has(row.url))
    .map((row) => planWebhook(row, there.get(row.url) ?? null))
    .filter((item) => Object.keys(item.changes).length > 0)
  const names = [...there.keys()].filter((url) => !wanted.has(url))
  const onlyThere = { names: names.slice(0, MAX_NAMES), total: names.length }
  return { items: items.slice(0, MAX_WEBHOOKS), total: items.length, onlyThere }
}

function byUrl(rows: readonly EndpointRow[]): Map<string, EndpointRow> {
  return new Map(rows.toReversed().map((row) => [row.url, row]))
}

function planWebhook(row: EndpointRow, before: EndpointRow | null): PlannedWebhook {
  const fields = {
    description: row.description,
    eventTypes: row.eventTypes,
    throttleRate: row.throttleRate,
    metadata: textsOf(row.metadata),
  }
  return {
    kind: 'operational_webhook',
    name: row.url,
    change: before === null ? 'add' : 'change',
    changes: diffChanges({ ...before }, before === null ? { url: row.url, ...fields } : fields),
    before,
    fields,
  }
}

// What Prisma types as any JSON was checked as an object of its kind when it was stored.
function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : null
}

function textsOf(value: unknown): Record<string, string> {
  const texts = Object.entries(objectOf(value) ?? {})
  return Object.fromEntries(texts.map(([key, text]) => [key, String(text)]))
}
