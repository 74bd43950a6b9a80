import { AuditListQuery, AuditRecordList, type AuditRecordOut } from '@posthorn/contracts'
import { type ListedAudit, listAudit } from '@posthorn/core'
import * as z from 'zod'
import { endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/audit',
  operationId: 'v1.audit.list',
  summary: 'Who changed what, newest first',
  tags: ['Audit'],
  access: { of: 'administration' },
  query: AuditListQuery,
  response: { 200: AuditRecordList },
  handle: async (ctx, { scope, query: { limit, iterator, app_id: appId, ...filter } }) => {
    const page = { limit, iterator, order: 'descending' as const }
    const found = await listAudit(ctx, scope, { page, filter: { ...filter, appId } })
    return ok(presentPage(found, presentAudit))
  },
})

const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

function presentAudit({ record, actorName, isOperational }: ListedAudit): AuditRecordOut {
  const changes = Changes.safeParse(record.changes)
  return {
    id: record.id,
    actor: record.actor,
    actorName,
    action: record.action,
    target: record.target,
    appId: record.appId,
    isOperational,
    changes: changes.success ? changes.data : null,
    requestId: record.requestId,
    address: record.address,
    timestamp: record.createdAt.toISOString(),
  }
}

export const auditRoutes = [list] as const
