import type { EndpointFields } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'

/** What is being typed: text, until it is sent. */
export interface EndpointDraft {
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly string[] | null
  readonly channels: string
  readonly throttleRate: string
  readonly retrySchedule: string
}

export const EMPTY_DRAFT: EndpointDraft = {
  url: '',
  description: '',
  eventTypes: null,
  channels: '',
  throttleRate: '',
  retrySchedule: '',
}

export function draftOf(endpoint: EndpointOut): EndpointDraft {
  return {
    url: endpoint.url,
    description: endpoint.description,
    eventTypes: endpoint.eventTypes ?? null,
    channels: (endpoint.channels ?? []).join(', '),
    throttleRate: endpoint.throttleRate == null ? '' : String(endpoint.throttleRate),
    retrySchedule: (endpoint.retrySchedule ?? []).join(', '),
  }
}

/** What can't be a number is sent as it is, so that the server's answer stands beside its field. */
export function draftFields(draft: EndpointDraft, isNew: boolean): EndpointFields {
  const { channels, throttleRate, retrySchedule } = draft
  const advanced = {
    channels: orNull(namesIn(channels)),
    throttleRate: orNull(namesIn(throttleRate))?.map(Number)[0] ?? null,
    retrySchedule: orNull(namesIn(retrySchedule))?.map(Number) ?? null,
  }
  const set = Object.entries(advanced).filter(([, value]) => !isNew || value !== null)
  return {
    url: draft.url.trim(),
    description: draft.description,
    eventTypes:
      draft.eventTypes === null || draft.eventTypes.length === 0 ? null : draft.eventTypes,
    ...Object.fromEntries(set),
  }
}

function namesIn(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function orNull(names: string[]): string[] | null {
  return names.length === 0 ? null : names
}
