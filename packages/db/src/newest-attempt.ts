import { Prisma } from './generated/client.ts'

/** As the row says; the columns of `AttemptRecord` that tell what it came to. */
export interface NewestAttempt {
  readonly id: string
  readonly messageId: string
  readonly success: boolean
  readonly code: string | null
  readonly params: unknown
  readonly url: string
  readonly responseStatus: number
  readonly durationMs: number
}

/** `NewestAttempt` of the row `a` of `attempt`. */
export const NEWEST_ATTEMPT = Prisma.sql`
  jsonb_build_object('id', a.id, 'messageId', a.message_id, 'success', a.success, 'code', a.code, 'params', a.params,
                     'url', a.url, 'responseStatus', a.response_status, 'durationMs', a.duration_ms)`
