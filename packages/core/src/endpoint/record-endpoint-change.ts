import { newId } from '@posthorn/runtime'
import type { AuditChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type {
  EndpointDisabledData,
  EndpointEventData,
  EndpointEventType,
  OperationalEvent,
} from '../operational-webhook/operational-event.ts'
import { reportOperational } from '../operational-webhook/report-operational.ts'
import { transactionExecutor } from '../operational-webhook/transaction-executor.ts'
import type { EndpointTransaction } from './endpoint-transaction.ts'

export interface EndpointChange {
  readonly endpoint: { readonly id: string; readonly uid: string | null }
  readonly action: string
  readonly changes?: AuditChanges
  readonly events: readonly EndpointNews[]
}

export type EndpointNews =
  | { readonly type: EndpointEventType }
  | ({ readonly type: 'endpoint.disabled' } & Pick<EndpointDisabledData, 'failSince' | 'trigger'>)

/** Last in the transaction of a change: audit row, notice to other processes' caches, operational webhooks. */
export async function recordEndpointChange(
  held: EndpointTransaction,
  { endpoint, action, changes, events }: EndpointChange,
): Promise<void> {
  const { tx, scope } = held
  const audited = changes === undefined ? {} : { changes }
  await recordAudit(tx, scope, { action, target: endpoint.id, ...audited })
  await announceChange(tx, { kind: 'endpoint', appId: scope.appId, endpointId: endpoint.id })
  for (const news of events) await reportNews(held, endpoint, news)
}

async function reportNews(
  { tx, scope, application, now }: EndpointTransaction,
  endpoint: EndpointChange['endpoint'],
  news: EndpointNews,
): Promise<void> {
  if (application.operational) return
  const about = {
    appId: application.id,
    appUid: application.uid,
    endpointId: endpoint.id,
    endpointUid: endpoint.uid,
  }
  const messageId = newId('msg_', now.getTime())
  const report = { ...operationalEvent(news, about), orgId: scope.orgId, messageId }
  await reportOperational(transactionExecutor(tx), report)
}

function operationalEvent(news: EndpointNews, about: EndpointEventData): OperationalEvent {
  if (news.type !== 'endpoint.disabled') return { type: news.type, data: about }
  const { type, failSince, trigger } = news
  return { type, data: { ...about, failSince, trigger } }
}
