import type { HotClient } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { AttemptEventType } from '../operational-webhook/operational-event.ts'
import { reportOperational } from '../operational-webhook/report-operational.ts'
import type { Attempt } from './attempt.ts'

/** `message.attempt.failing` goes out with this failed attempt. */
const FAILING_AT = 4

/** Which operational webhook an attempt deserves, or null: pure. */
export function attemptEvent({ delivery, outcome, next }: Attempt): AttemptEventType | null {
  if (delivery.trigger !== 'scheduled' || delivery.endpoint.operational) return null
  if (next.kind === 'failed' && next.exhausted) return 'message.attempt.exhausted'
  if (next.kind === 'retry' && delivery.attemptNumber === FAILING_AT)
    return 'message.attempt.failing'
  if (outcome.kind === 'delivered' && delivery.attemptNumber > FAILING_AT)
    return 'message.attempt.recovered'
  return null
}

interface Names {
  readonly app_uid: string | null
  readonly event_id: string | null
}

/** Reports in the transaction that records the attempt; nothing but one look-up when nobody listens. */
export async function reportAttempt(
  client: HotClient,
  attempt: Attempt,
  moment: { readonly type: AttemptEventType; readonly nowMs: number; readonly startedAt: Date },
): Promise<void> {
  const { delivery, outcome } = attempt
  const { rows } = await client.query<Names>(NAMES_IF_LISTENING, [
    delivery.endpoint.orgId,
    delivery.appId,
    delivery.messageId,
  ])
  const names = rows[0]
  if (names === undefined) return
  const response = 'response' in outcome ? outcome.response : null
  await reportOperational(
    { execute: (sql, params) => client.query(sql, [...params]) },
    {
      orgId: delivery.endpoint.orgId,
      messageId: newId('msg_', moment.nowMs),
      type: moment.type,
      data: {
        appId: delivery.appId,
        appUid: names.app_uid,
        endpointId: delivery.endpoint.id,
        msgId: delivery.messageId,
        msgEventId: names.event_id,
        lastAttempt: {
          id: attempt.id,
          responseStatusCode: response?.status ?? 0,
          timestamp: moment.startedAt,
        },
      },
    },
  )
}

const NAMES_IF_LISTENING = `
  SELECT (SELECT uid FROM application WHERE id = $2) AS app_uid,
         (SELECT event_id FROM message WHERE app_id = $2 AND id = $3) AS event_id
   WHERE EXISTS (SELECT 1 FROM organisation o JOIN endpoint e ON e.app_id = o.operational_app_id
                  WHERE o.id = $1 AND e.deleted_at IS NULL AND NOT e.disabled)`
