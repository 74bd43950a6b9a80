import type { Client } from '@posthorn/client'
import type { DeliveryStateOut, MessageAttemptOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

// However long a receiver takes, its answer is shown within a second of its arrival: two requests are part of that.
const LOOK_MS = 400
const LOOK_LATER_MS = 1_000

export interface SentTest {
  readonly messageId: string
  readonly endpointId: string
}

export interface TestAnswer {
  /** How the test stands; null: there is nothing that could be sent. */
  readonly state: DeliveryStateOut | null
  /** By the server's clock: when it was so. */
  readonly asOf: string
  /** The one that a test makes. */
  readonly attempt: MessageAttemptOut | null
}

/** Looks until it is known what became of a test. */
export function useTestAnswer(test: SentTest) {
  const client = useClient()
  return useQuery({
    queryKey: ['test-answer', test.messageId],
    queryFn: ({ signal }) => findAnswer(client, test, signal),
    refetchInterval: ({ state }) => {
      if (state.data === undefined) return LOOK_MS
      if (isKnown(state.data)) return false
      return isFarOff(state.data) ? LOOK_LATER_MS : LOOK_MS
    },
  })
}

function isKnown({ state, attempt }: TestAnswer): boolean {
  return attempt !== null || state === null || state.statusText === 'canceled'
}

/** It waits for a time that is known, and that comes later than the next look. */
function isFarOff({ state, asOf }: TestAnswer): boolean {
  const until = state?.waiting?.until ?? null
  return until !== null && Date.parse(until) - Date.parse(asOf) > LOOK_LATER_MS
}

async function findAnswer(
  client: Client,
  { messageId, endpointId }: SentTest,
  signal: AbortSignal,
): Promise<TestAnswer> {
  const delivery = await client.messages.delivery(messageId, endpointId, { signal })
  const { manual: state, asOf } = delivery
  // It is recorded together with the attempt that ends it.
  if (state === null || state.waiting !== null) return { state, asOf, attempt: null }
  const { data } = await client.attempts.listByMessage(messageId, { limit: 1 }, { signal })
  return { state, asOf, attempt: data[0] ?? null }
}
