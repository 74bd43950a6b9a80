import type { Actor } from '../actor.ts'

/** As an endpoint's owner is told who disabled it. */
export type Disabler = 'customer' | 'staff' | 'receiver' | 'automatic'

export function disablerOf(actor: Actor): Disabler {
  switch (actor.kind) {
    case 'portal':
      return 'customer'
    case 'key':
    case 'user':
    case 'token':
      return 'staff'
    case 'receiver':
      return 'receiver'
    case 'system':
      return 'automatic'
  }
}
