import { useState } from 'react'
import type { OnReplayed } from '../../../lib/use-replay.ts'

// Each is asked for by itself until its outcome is known.
const FOLLOWED_AT_MOST = 20

/** Which messages were sent again from this list, the last ones: of these it is told there what came of it. */
export function useSentAgain(): {
  readonly has: (messageId: string) => boolean
  readonly add: OnReplayed
} {
  const [ids, setIds] = useState<readonly string[]>([])
  return {
    has: (messageId) => ids.includes(messageId),
    add: (deliveries) =>
      setIds((before) => {
        const all = new Set([...deliveries.map(({ msgId }) => msgId), ...before])
        return [...all].slice(0, FOLLOWED_AT_MOST)
      }),
  }
}
