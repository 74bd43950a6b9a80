/** Where the queue lives: BullMQ on Redis, or BullMQ's own backend in the database. One interface for both. */
export type QueueBackend =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }
  | { readonly kind: 'postgres'; readonly url: string }

export const QUEUE_NAME = 'deliveries'
export const POSTGRES_SCHEMA = 'bullmq'
export const DEFAULT_PREFIX = 'posthorn'
