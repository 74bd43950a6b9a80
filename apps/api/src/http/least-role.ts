import type { StaffRole } from '@posthorn/core/staff'
import type { ApiRoute } from './route-table.ts'

// Reading is everybody's and changing is the administrators', but for these.
const EXCEPTIONS: Readonly<Record<string, StaffRole>> = {
  // One attempt shows the headers that the endpoint was sent, and what it answered.
  'v1.message-attempt.get': 'support',
  'v1.message-attempt.resend': 'support',
  'v1.message-delivery.cancel': 'support',
  'v1.message-delivery.retry-now': 'support',
  'v1.endpoint.recover': 'support',
  'v1.endpoint.replay-missing': 'support',
  'v1.endpoint.bulk-replay': 'support',
  'v1.endpoint.retry-now': 'support',
  'v1.endpoint.probe': 'support',
  'v1.endpoint.send-example': 'support',
  'v1.background-task.cancel': 'support',
  'v1.background-task.pause': 'support',
  'v1.background-task.resume': 'support',
  'v1.background-task.approve': 'support',
  'v1.endpoint.get-headers': 'support',
  'v1.portal-session.list': 'support',
  'v1.application-note.change': 'support',
  // Addresses of people.
  'v1.notice-address.list': 'support',
  'v1.endpoint.get-secret': 'admin',
  'v1.ingest.endpoint.get-headers': 'admin',
  'v1.ingest.endpoint.get-secret': 'admin',
  'v1.operational-webhook.endpoint.get-headers': 'admin',
  'v1.operational-webhook.endpoint.get-secret': 'admin',
  'v1.source.quarantine.list': 'support',
  'v1.source.request.get': 'support',
  'v1.source.request.original': 'support',
  'v1.source.quarantine.get': 'support',
  'v1.source.quarantine.release': 'support',
  'v1.source.quarantine.release-all': 'support',
  'v1.source.test': 'support',
  'v1.authentication.logout': 'viewer',
  'v1.staff.portal-access': 'support',
  'v1.alert.test': 'support',
  'v1.alert.mute': 'support',
  'v1.support.recover': 'support',
  'v1.support.retry-now': 'support',
  'v1.support.enable': 'support',
  'v1.support.probe': 'support',
  'v1.test-receiver.get': 'support',
  'v1.test-receiver.set-answer': 'support',
  'v1.test-receiver.clear': 'support',
  'v1.organisation.rename': 'owner',
  'v1.installation.retention.change': 'owner',
  'v1.application-retention.change': 'owner',
  'v1.installation.deliveries.pause': 'owner',
  'v1.installation.deliveries.resume': 'owner',
  'v1.staff.user.list': 'owner',
  'v1.staff.user.patch': 'owner',
  'v1.staff.invitation.list': 'owner',
  'v1.staff.invitation.create': 'owner',
  'v1.staff.invitation.delete': 'owner',
}

/** The least role that a user of the console needs for an operation. */
export function leastRole(route: Pick<ApiRoute, 'access' | 'method' | 'operationId'>): StaffRole {
  const exception = EXCEPTIONS[route.operationId]
  if (exception !== undefined) return exception
  // What these answer has the webhook's token and password in it.
  if (route.access.of === 'losant') return 'admin'
  return route.method === 'get' && route.access.of !== 'administration' ? 'viewer' : 'admin'
}

const CONTENT = ['with_content', 'with_msg'] as const
const CONTENT_OPERATION = /^v1\.message(?:-attempt)?\./

/** A viewer sees that messages and attempts were, not what was in them, whatever the query asks for. */
export function withoutContent(route: Pick<ApiRoute, 'operationId'>, query: unknown): unknown {
  if (!CONTENT_OPERATION.test(route.operationId) || typeof query !== 'object') return query
  const hidden = CONTENT.flatMap((name) =>
    query !== null && name in query ? [[name, false] as const] : [],
  )
  return { ...query, ...Object.fromEntries(hidden) }
}

/** Whether an answer holds what was in messages, or what receivers answered to them. */
export function showsContent(route: Pick<ApiRoute, 'operationId'>, query: unknown): boolean {
  if (route.operationId === 'v1.source.request.original') return true
  const { with_content: isAsked }: { with_content?: unknown } = Object(query)
  return CONTENT_OPERATION.test(route.operationId) && isAsked === true
}
