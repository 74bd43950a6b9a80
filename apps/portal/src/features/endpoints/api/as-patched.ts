import type { EndpointFields } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'

/** Of a change what is shown at once: description, filter and that it is enabled. The rest waits for the server. */
export function asPatched(endpoint: EndpointOut, fields: EndpointFields): EndpointOut {
  const { description, eventTypes, channels, disabled } = fields
  return {
    ...endpoint,
    ...(description !== undefined && { description }),
    ...(eventTypes !== undefined && { eventTypes: eventTypes && [...eventTypes] }),
    ...(channels !== undefined && { channels: channels && [...channels] }),
    ...(disabled === false && { disabled, state: enabledState(endpoint) }),
  }
}

/** It begins anew: what it failed before counts no more. */
function enabledState({ disabled, state }: EndpointOut): EndpointOut['state'] {
  if (!disabled) return state
  return { ...state, health: 'healthy', disabledAt: null, disabledBy: null }
}
