import type { NoticedEndpoint } from '@posthorn/db/notice'
import type { Disabler } from '../endpoint/disabler.ts'
import { decideDisablesAt, decideEndpointHealth } from '../endpoint/endpoint-health.ts'

/** What a customer can be told of, the worst last. */
export const NOTICES = ['failing', 'disabled_soon', 'disabled'] as const
export type Notice = (typeof NOTICES)[number]

/** Who disables without the customer's knowing of it. */
export const UNTOLD_DISABLERS: readonly Disabler[] = ['automatic', 'receiver']

/** How long ago a disabling may be that is still told. */
export const DISABLED_WITHIN_DAYS = 7

/** How an endpoint is, as far as it is worth a notice. */
export interface Trouble {
  readonly appId: string
  readonly endpointId: string
  readonly notice: Notice
  /** Of this very trouble: one that comes again later is another. */
  readonly since: Date
  readonly failingSince: Date | null
  readonly disabledAt: Date | null
  /** Null: that isn't near, or it is disabled already. */
  readonly disablesAt: Date | null
  readonly host: string | null
  readonly description: string
}

/** By the same rule that the portal shows its health by. Null: it is well. */
export function troubleOf(
  endpoint: NoticedEndpoint,
  { now, disableAfterSeconds }: { readonly now: Date; readonly disableAfterSeconds: number },
): Trouble | null {
  const { id, host, description, disabledAt, failingSince, failureCount, breakerOpenedAt } =
    endpoint
  const vitals = { ...WELL, endpointId: id, now, failingSince, failureCount, breakerOpenedAt }
  const health = decideEndpointHealth(
    { disabled: disabledAt !== null },
    vitals,
    disableAfterSeconds,
  )
  const notice = NOTICES.find((one) => one === health)
  const since = disabledAt ?? failingSince ?? breakerOpenedAt
  if (notice === undefined || since === null) return null
  const disablesAt = disabledAt === null ? decideDisablesAt(vitals, disableAfterSeconds) : null
  return {
    appId: endpoint.appId,
    endpointId: id,
    notice,
    since,
    failingSince,
    disabledAt,
    disablesAt,
    host,
    description,
  }
}

/** What of an endpoint's vitals no notice goes by. */
const WELL = {
  rate: null,
  heldUntil: null,
  waiting: 0,
  oldestTurnAt: null,
  nextTurnAt: null,
  delivered24h: 0,
  failed24h: 0,
  isTried: true,
}
