import type { EndpointFields, EndpointRow } from '@posthorn/db'

/** What PUT gives whole and PATCH in part. Null: no filter, no limit, the installation's schedule. */
export interface EndpointInput {
  /** Judged: an address that this installation may call, without userinfo. */
  readonly url: string
  readonly description: string
  readonly uid: string | null
  readonly throttleRate: number | null
  readonly disabled: boolean
  readonly eventTypes: string[] | null
  readonly channels: string[] | null
  readonly metadata: Record<string, string>
  readonly retrySchedule: number[] | null
}

export type EndpointPatchInput = { readonly [K in keyof EndpointInput]?: EndpointInput[K] }

/** As columns; absent fields stay absent. `disabled` has a transition of its own. */
export function toEndpointColumns(input: EndpointPatchInput): EndpointFields {
  const { disabled: _, eventTypes, channels, retrySchedule, ...plain } = input
  return {
    ...plain,
    ...(eventTypes === undefined ? {} : { eventTypes: eventTypes ?? [] }),
    ...(channels === undefined ? {} : { channels: channels ?? [] }),
    ...(retrySchedule === undefined
      ? {}
      : { retrySchedule: retrySchedule ?? [], hasOwnSchedule: retrySchedule !== null }),
  }
}

/** An endpoint as its owner describes it: what audit records compare. */
export function describeEndpoint(endpoint: EndpointRow): Record<keyof EndpointInput, unknown> {
  return {
    url: endpoint.url,
    description: endpoint.description,
    uid: endpoint.uid,
    throttleRate: endpoint.throttleRate,
    disabled: endpoint.disabled,
    eventTypes: endpoint.eventTypes,
    channels: endpoint.channels,
    metadata: endpoint.metadata,
    retrySchedule: endpoint.hasOwnSchedule ? endpoint.retrySchedule : null,
  }
}
