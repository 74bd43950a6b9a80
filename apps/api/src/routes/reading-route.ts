import type { OpenApiRoute } from '@posthorn/contracts'
import type {
  AppScope,
  Capability,
  CoreContext,
  ResendContext,
  ScheduleContext,
  SentRequestContext,
} from '@posthorn/core'
import type * as z from 'zod'

export interface ReadingContext
  extends ResendContext, SentRequestContext, Pick<CoreContext, 'clock'> {
  readonly deliverySettings: SentRequestContext['deliverySettings'] &
    ScheduleContext['deliverySettings']
  readonly installation: { readonly retentionDays: number }
}

/** An operation on one application's messages, whose answer is JSON text already: see json-text.ts. */
export interface ReadingRoute<P extends z.ZodType, Q extends z.ZodType> extends Omit<
  OpenApiRoute,
  'security' | 'params' | 'query' | 'body'
> {
  /** What a portal token must be granted; null: only the organisation itself may call. */
  readonly capability: Capability | null
  readonly params: P
  readonly query: Q
  handle(ctx: ReadingContext, input: ReadingInput<P, Q>): Promise<JsonAnswer>
}

export interface ReadingInput<P extends z.ZodType, Q extends z.ZodType> {
  readonly scope: AppScope
  readonly params: z.output<P>
  readonly query: z.output<Q>
}

export interface JsonAnswer {
  readonly status: number
  /** Null: an answer without a body. */
  readonly json: string | null
}

/** Types a row of the table. */
export function readingRoute<P extends z.ZodType, Q extends z.ZodType>(
  row: ReadingRoute<P, Q>,
): ReadingRoute<P, Q> {
  return row
}

export function ok(json: string): JsonAnswer {
  return { status: 200, json }
}

export const NO_CONTENT: JsonAnswer = { status: 204, json: null }
