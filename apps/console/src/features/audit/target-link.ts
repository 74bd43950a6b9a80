import type { AuditRecordOut } from '@posthorn/contracts'

type Target = Pick<AuditRecordOut, 'target' | 'appId' | 'action' | 'isOperational'>

/** The page of what a record is about; null: it has none, or has gone. */
export function targetLink({ target, appId, action, isOperational }: Target): string | null {
  if (action.endsWith('.delete')) return null
  // What is sent to them has no page of its own.
  if (isOperational) return target.startsWith('ep_') ? `/operational-webhooks/${target}` : null
  const path = PAGES.find(([prefix]) => target.startsWith(prefix))?.[1]
  const isOfApplication = target.startsWith('ep_') || target.startsWith('msg_')
  if (path === undefined || (isOfApplication && appId === null)) return null
  return isOfApplication ? `${path}/${appId}/${target}` : `${path}/${target}`
}

const PAGES = [
  ['app_', '/applications'],
  ['ep_', '/endpoints'],
  ['msg_', '/messages'],
  ['src_', '/sources'],
  ['alert_', '/alerts'],
  ['qtask_', '/tasks'],
] as const
