import type {
  EndpointList,
  EndpointOut,
  OperationalWebhookEndpointList,
  OperationalWebhookEndpointOut,
} from '@posthorn/contracts'
import type { EndpointView, Page } from '@posthorn/core'
import { presentMetadata } from './metadata.ts'
import { presentPage } from './page-presenter.ts'

export function presentEndpoint(view: EndpointView): EndpointOut {
  const { endpoint } = view
  return {
    ...presentPlainEndpoint(view),
    channels: orNoFilter(endpoint.channels),
    version: Number(endpoint.version),
    retrySchedule: endpoint.hasOwnSchedule ? endpoint.retrySchedule : null,
    state: presentState(view),
  }
}

export function presentEndpoints(page: Page<EndpointView>): EndpointList {
  return presentPage(page, presentEndpoint)
}

export function presentPlainEndpoints(page: Page<EndpointView>): OperationalWebhookEndpointList {
  return presentPage(page, presentPlainEndpoint)
}

/** As the SDKs know it. */
export function presentPlainEndpoint({ endpoint }: EndpointView): OperationalWebhookEndpointOut {
  const eventTypes = orNoFilter(endpoint.eventTypes)
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    ...(endpoint.uid === null ? {} : { uid: endpoint.uid }),
    throttleRate: endpoint.throttleRate,
    rateLimit: endpoint.throttleRate,
    disabled: endpoint.disabled,
    eventTypes,
    filterTypes: eventTypes,
    metadata: presentMetadata(endpoint.metadata),
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  }
}

function orNoFilter(names: string[]): string[] | null {
  return names.length === 0 ? null : names
}

function presentState({ endpoint, state }: EndpointView): EndpointOut['state'] {
  return {
    health: state.health,
    failingSince: timeOrNull(state.failingSince),
    breakerOpenedAt: timeOrNull(state.breakerOpenedAt),
    heldUntil: timeOrNull(state.heldUntil),
    nextProbeAt: timeOrNull(state.nextProbeAt),
    disablesAt: timeOrNull(state.disablesAt),
    waiting: state.waiting,
    waitingCapped: state.waitingCapped,
    disabledAt: timeOrNull(endpoint.disabledAt),
    disabledBy: endpoint.disabledBy,
  }
}

function timeOrNull(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString()
}
