import { listenForNotices, type ListenOptions, notify, type Transaction } from '@posthorn/db'
import type { Sending } from '../delivery/sending.ts'

/** What other processes may have cached, and is stale the moment this commits. */
export type Change =
  | { readonly kind: 'application'; readonly appId: string; readonly orgId: string }
  | { readonly kind: 'endpoint'; readonly appId: string; readonly endpointId: string }
  | { readonly kind: 'source'; readonly orgId: string; readonly sourceId: string }
  | { readonly kind: 'event_type'; readonly orgId: string; readonly name: string }
  /** A caller may wait for it. */
  | { readonly kind: 'reply'; readonly messageId: string }
  /** An API key, a token or a session was made or ended. */
  | { readonly kind: 'principal'; readonly orgId: string }
  /** A request that somebody may look on takes long: how far it is. */
  | { readonly kind: 'sending'; readonly sending: Sending }

/** Part of the transaction that makes the change: heard once it is committed, or never. */
export async function announceChange(tx: Transaction, change: Change): Promise<void> {
  await notify(tx, JSON.stringify(change))
}

export interface ChangeListenerOptions extends Omit<ListenOptions, 'onNotice'> {
  readonly onChange: (change: Change) => void
}

/** Caches keep a short time to live besides: a deaf channel delays nothing longer than that. */
export function listenForChanges(options: ChangeListenerOptions): AsyncDisposable {
  const { onChange, ...rest } = options
  return listenForNotices({
    ...rest,
    onNotice: (payload) => {
      const change = readChange(payload)
      if (change === null) rest.onGap()
      else onChange(change)
    },
  })
}

const KINDS: readonly string[] = [
  'application',
  'endpoint',
  'event_type',
  'principal',
  'reply',
  'sending',
  'source',
] satisfies Change['kind'][]

// What this version doesn't understand counts as "anything may have changed".
function readChange(payload: string): Change | null {
  try {
    const value: unknown = JSON.parse(payload)
    return isChange(value) ? value : null
  } catch {
    return null
  }
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  return typeof value.kind === 'string' && KINDS.includes(value.kind)
}
