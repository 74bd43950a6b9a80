import type { BoardEndpointOut } from '@posthorn/contracts'
import { useState } from 'react'

export interface Picking {
  readonly picked: readonly BoardEndpointOut[]
  readonly has: (endpointId: string) => boolean
  readonly pick: (endpoints: readonly BoardEndpointOut[], isPicked: boolean) => void
}

/** Which endpoints somebody picked; a list that refreshes itself takes none of them away. */
export function usePicking(): Picking {
  const [picked, setPicked] = useState<ReadonlyMap<string, BoardEndpointOut>>(new Map())
  return {
    picked: [...picked.values()],
    has: (endpointId) => picked.has(endpointId),
    pick: (endpoints, isPicked) => {
      const next = new Map(picked)
      for (const endpoint of endpoints) {
        if (isPicked) next.set(endpoint.endpointId, endpoint)
        else next.delete(endpoint.endpointId)
      }
      setPicked(next)
    },
  }
}
