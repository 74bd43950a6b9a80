/** Why a message has no delivery, decided and stored at publish. */
export type Unmatched = 'no_endpoints' | 'disabled' | 'event_type' | 'channel'

export interface MatchableEndpoint {
  readonly disabled: boolean
  /** Null: all. */
  readonly eventTypes: ReadonlySet<string> | null
  readonly channels: ReadonlySet<string> | null
}

export interface MatchableMessage {
  readonly eventType: string
  readonly channels: readonly string[]
}

/**
 * Enabled endpoints whose event types and channels let the message through. A message without channels
 * doesn't match an endpoint that has some. `unmatched` names the filter that came nearest to a match.
 */
export function matchEndpoints<E extends MatchableEndpoint>(
  endpoints: readonly E[],
  message: MatchableMessage,
): { readonly matched: E[]; readonly unmatched: Unmatched | null } {
  const enabled = endpoints.filter((endpoint) => !endpoint.disabled)
  const ofType = enabled.filter((endpoint) => endpoint.eventTypes?.has(message.eventType) ?? true)
  const matched = ofType.filter((endpoint) => matchesChannels(endpoint, message))
  if (matched.length > 0) return { matched, unmatched: null }
  if (ofType.length > 0) return { matched, unmatched: 'channel' }
  if (enabled.length > 0) return { matched, unmatched: 'event_type' }
  return { matched, unmatched: endpoints.length > 0 ? 'disabled' : 'no_endpoints' }
}

function matchesChannels(endpoint: MatchableEndpoint, message: MatchableMessage): boolean {
  const { channels } = endpoint
  return channels === null || message.channels.some((channel) => channels.has(channel))
}
