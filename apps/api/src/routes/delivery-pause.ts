import { DeliveryPauseIn, DeliveryPauseOut } from '@posthorn/contracts'
import { hasScope, limitOf, type OrgScope, type Principal } from '@posthorn/core'
import {
  type DeliveryPauseState,
  getDeliveryPause,
  pauseDeliveries,
  resumeDeliveries,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { type Answer, endpointRoute, ok } from './endpoint-route.ts'

const PATH = '/api/v1/installation/deliveries'
const tags = ['Installation']
const response = { 200: DeliveryPauseOut }

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.installation.deliveries.get',
  summary: 'Whether deliveries of all organisations are paused, since when, by whom and why',
  tags,
  access: { of: 'organisation', keepsToLimit: true },
  response,
  handle: (ctx, input) => answer(ctx, input),
})

const pause = endpointRoute({
  method: 'post',
  path: `${PATH}/pause`,
  operationId: 'v1.installation.deliveries.pause',
  summary: 'Hold back the deliveries of all organisations; publishing goes on',
  tags,
  access: { of: 'administration' },
  body: DeliveryPauseIn,
  response,
  handle: async (ctx, input) => {
    await pauseDeliveries(ctx, input.scope, input.body.reason)
    return answer(ctx, input)
  },
})

const resume = endpointRoute({
  method: 'post',
  path: `${PATH}/resume`,
  operationId: 'v1.installation.deliveries.resume',
  summary: 'Let the deliveries of all organisations go out again',
  tags,
  access: { of: 'administration' },
  response,
  handle: async (ctx, input) => {
    await resumeDeliveries(ctx, input.scope)
    return answer(ctx, input)
  },
})

interface Asking {
  readonly scope: OrgScope
  readonly principal: Principal
}

async function answer(ctx: ApiContext, { scope, principal }: Asking): Promise<Answer> {
  return ok(present(await getDeliveryPause(ctx, scope), principal))
}

function present(
  { pause: inForce, othersOrganisations }: DeliveryPauseState,
  principal: Principal,
): DeliveryPauseOut {
  const mayChange = othersOrganisations === 0 && hasScope(principal, 'admin')
  if (inForce === null) return { pause: null, mayChange, othersOrganisations }
  const { pausedAt, pausedBy, pausedByName, reason, waiting, inFlight } = inForce
  const counts = limitOf(principal) === null ? { waiting, inFlight } : WITHHELD
  const paused = { pausedBy, pausedByName, reason, ...counts }
  return {
    pause: { pausedAt: pausedAt.toISOString(), ...paused },
    mayChange,
    othersOrganisations,
  }
}

/** What waits is of all organisations: for whoever may see only some applications that is too much. */
const WITHHELD = { waiting: null, inFlight: null }

export const deliveryPauseRoutes = [get, pause, resume] as const
