import type { StaffRole } from '@posthorn/contracts'
import type { TextKey } from '../lib/text.ts'

export interface Action {
  readonly path: string
  readonly title: TextKey
  readonly leastRole: StaffRole
}

/** What is done or looked for often: found by what it is called, wherever one is. */
export const ACTIONS: readonly Action[] = [
  { path: '/messages?status=failed', title: 'actions.failedMessages', leastRole: 'viewer' },
  { path: '/health?kind=failing', title: 'actions.failingEndpoints', leastRole: 'viewer' },
  { path: '/health?kind=disabled', title: 'actions.disabledEndpoints', leastRole: 'viewer' },
  { path: '/applications?endpoints=none', title: 'actions.noEndpoints', leastRole: 'viewer' },
  { path: '/recover?failing=1', title: 'actions.recoverFailing', leastRole: 'support' },
  { path: '/applications?new=1', title: 'applications.create', leastRole: 'admin' },
  { path: '/event-types/~new', title: 'eventTypes.create', leastRole: 'admin' },
  { path: '/event-types/~import', title: 'import.title', leastRole: 'admin' },
  { path: '/api-keys?new=1', title: 'apiKeys.create', leastRole: 'admin' },
  { path: '/alerts?new=1', title: 'alerts.add', leastRole: 'admin' },
  { path: '/users?new=1', title: 'actions.invite', leastRole: 'owner' },
]
