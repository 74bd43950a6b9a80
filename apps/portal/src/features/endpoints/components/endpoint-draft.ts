import type { EndpointFields } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { NO_HEADER, type TypedHeader, withHeader } from './typed-header.ts'

/** What is being typed: text, until it is sent. */
export interface EndpointDraft {
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly string[] | null
  readonly channels: string
  readonly throttleRate: string
  readonly retrySchedule: string
  /** One attempt and no retries, whatever the schedule says. */
  readonly isTriedOnce: boolean
  readonly uid: string
  /** A line each: name = value. */
  readonly metadata: string
  /** Of a new one alone, as is all that follows. */
  readonly secret: string
  readonly disabled: boolean
  readonly headers: Readonly<Record<string, string>>
  /** Not added to them yet: it is when the endpoint is, as nothing that was typed is lost. */
  readonly typedHeader: TypedHeader
}

export const EMPTY_DRAFT: EndpointDraft = {
  url: '',
  description: '',
  eventTypes: null,
  channels: '',
  throttleRate: '',
  retrySchedule: '',
  isTriedOnce: false,
  uid: '',
  metadata: '',
  secret: '',
  disabled: false,
  headers: {},
  typedHeader: NO_HEADER,
}

export function draftOf(endpoint: EndpointOut): EndpointDraft {
  return {
    ...EMPTY_DRAFT,
    url: endpoint.url,
    description: endpoint.description,
    eventTypes: endpoint.eventTypes ?? null,
    channels: (endpoint.channels ?? []).join(', '),
    throttleRate: endpoint.throttleRate == null ? '' : String(endpoint.throttleRate),
    retrySchedule: (endpoint.retrySchedule ?? []).join(', '),
    isTriedOnce: endpoint.retrySchedule?.length === 0,
    uid: endpoint.uid ?? '',
    metadata: Object.entries(endpoint.metadata)
      .map(([name, value]) => `${name} = ${value}`)
      .join('\n'),
    disabled: endpoint.disabled,
  }
}

/** What can't be a number is sent as it is, so that the server's answer stands beside its field. */
export function draftFields(draft: EndpointDraft, isNew: boolean): EndpointFields {
  const { throttleRate } = draft
  const { eventTypes, channels } = filterOf(draft)
  const advanced = {
    channels,
    throttleRate: orNull(namesIn(throttleRate))?.map(Number)[0] ?? null,
    retrySchedule: retriesOf(draft),
    uid: draft.uid.trim() === '' ? null : draft.uid.trim(),
    metadata: isNew ? null : labelsIn(draft.metadata),
  }
  const set = Object.entries(advanced).filter(([, value]) => !isNew || value !== null)
  return {
    url: draft.url.trim(),
    description: draft.description,
    eventTypes,
    ...Object.fromEntries(set),
    ...(isNew ? startOf(draft) : {}),
  }
}

function startOf({ secret, disabled, ...draft }: EndpointDraft): EndpointFields {
  const given = secret.trim()
  const headers = withHeader(draft.headers, draft.typedHeader)
  return {
    ...(given === '' ? {} : { secret: given }),
    ...(disabled ? { disabled } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  }
}

export function isSameDraft(one: EndpointDraft, other: EndpointDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** As it would be saved: none chosen is all. */
export function filterOf({ eventTypes, channels }: EndpointDraft) {
  return { eventTypes: orNull([...(eventTypes ?? [])]), channels: orNull(namesIn(channels)) }
}

/** The waits before each retry as they would be saved; null: the default. */
export function retriesOf({ isTriedOnce, retrySchedule }: EndpointDraft): number[] | null {
  if (isTriedOnce) return []
  return orNull(namesIn(retrySchedule))?.map(Number) ?? null
}

/** What follows the first equals sign is the value, whatever is in it. */
function labelsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split('=')
      return [name.trim(), value.join('=').trim()]
    }),
  )
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
