/** Where the queue lives: BullMQ on Redis, or BullMQ's own backend in the database. One interface for both. */
export type QueueBackend =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }
  | { readonly kind: 'postgres'; readonly url: string }

export interface QueueSettings {
  readonly DATABASE_URL: string
  readonly DATABASE_DIRECT_URL?: string | undefined
  readonly REDIS_URL?: string | undefined
  readonly POSTHORN_QUEUE_PREFIX?: string | undefined
}

/** Redis where there is one; else the database, past a transaction-mode pooler. */
export function queueBackendOf(settings: QueueSettings): QueueBackend {
  const { REDIS_URL: url, POSTHORN_QUEUE_PREFIX: prefix } = settings
  if (url !== undefined) return { kind: 'redis', url, ...(prefix !== undefined && { prefix }) }
  return { kind: 'postgres', url: settings.DATABASE_DIRECT_URL ?? settings.DATABASE_URL }
}

export const QUEUE_NAME = 'deliveries'
export const POSTGRES_SCHEMA = 'bullmq'
export const DEFAULT_PREFIX = 'posthorn'
