import type { TrafficOut } from '@posthorn/contracts'
import { FullTime } from '@posthorn/ui'

/** What was counted of a period of one's own: whole minutes or hours. */
export function OwnSpan({ traffic: { period, since, until } }: { readonly traffic: TrafficOut }) {
  if (period !== null) return null
  return (
    <>
      {' · '}
      <FullTime at={since} /> – <FullTime at={until} />
    </>
  )
}
