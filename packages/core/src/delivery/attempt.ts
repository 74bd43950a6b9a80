import { type AttemptRow, trafficMark } from '@posthorn/db'
import { type AttemptTrace, timingText } from './attempt-trace.ts'
import type { ClaimedDelivery } from './claimed-delivery.ts'
import type { NextStep } from './decide-next-step.ts'
import type { Outcome } from './outcome.ts'

/** One finished attempt: what came of it and what follows. */
export interface Attempt {
  /** `atmpt_…`, made of the moment the attempt began. */
  readonly id: string
  readonly delivery: ClaimedDelivery
  readonly outcome: Outcome
  readonly trace: AttemptTrace
  readonly next: NextStep
}

const MAX_HEADERS_TEXT = 16_000

export function toAttemptRow({ id, delivery, outcome, trace, next }: Attempt): AttemptRow {
  const timing = 'timing' in outcome ? outcome.timing : null
  const response = responseColumns(outcome)
  const durationMs = Math.round(timing?.totalMs ?? 0)
  const success = outcome.kind === 'delivered'
  return {
    messageId: delivery.messageId,
    attemptId: id,
    endpointId: delivery.endpoint.id,
    appId: delivery.appId,
    trigger: delivery.trigger,
    number: delivery.attemptNumber,
    success,
    code: codeOf(outcome),
    params: paramsOf(outcome),
    url: delivery.endpoint.url,
    ...response,
    durationMs,
    timing: timingText(timing, trace),
    leaseToken: delivery.leaseToken,
    ...followUp(next),
    lost: outcome.kind === 'lost',
    counts: outcome.kind !== 'internal' && outcome.kind !== 'canceled',
    blames: outcome.kind === 'refused' && !isBlameless(outcome.code),
    taskId: delivery.taskId,
    actor: delivery.actor,
    eventType: delivery.eventType,
    mark: trafficMark({
      answered: response.responseStatus > 0,
      durationMs,
      success,
      exhausted: next.kind === 'failed',
    }),
  }
}

export function codeOf(outcome: Outcome): string | null {
  if (outcome.kind === 'lost') return 'worker_lost'
  if (outcome.kind === 'internal') return 'internal_error'
  return outcome.code
}

type ResponseColumns = Pick<AttemptRow, 'responseStatus' | 'responseBody' | 'responseHeaders'>

function responseColumns(outcome: Outcome): ResponseColumns {
  const response = 'response' in outcome ? outcome.response : null
  if (response === null) {
    return { responseStatus: 0, responseBody: detailOf(outcome), responseHeaders: null }
  }
  return {
    responseStatus: response.status,
    responseBody: storableText(response.body),
    responseHeaders: headersText(response.headers),
  }
}

function paramsOf(outcome: Outcome): string | null {
  return 'params' in outcome && Object.keys(outcome.params).length > 0
    ? JSON.stringify(outcome.params)
    : null
}

// What the SDKs show as the response of an attempt that got none.
function detailOf(outcome: Outcome): string {
  return 'params' in outcome ? String(outcome.params['detail'] ?? '') : ''
}

// Postgres text holds no NUL.
function storableText(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '\u2400') : text
}

function headersText(headers: Readonly<Record<string, string>>): string | null {
  const text = JSON.stringify(headers)
  return text.length <= MAX_HEADERS_TEXT && !text.includes('\\u0000') ? text : null
}

const BLAMELESS = new Set(['receiver_aborted', 'receiver_disabled'])

function isBlameless(code: string): boolean {
  return BLAMELESS.has(code)
}

function followUp(next: NextStep): Pick<AttemptRow, 'status' | 'retryInSeconds' | 'holdSeconds'> {
  switch (next.kind) {
    case 'done':
      return { status: 'delivered', retryInSeconds: null, holdSeconds: null }
    case 'retry':
      return { status: 'pending', retryInSeconds: next.inSeconds, holdSeconds: next.holdSeconds }
    case 'again':
      return { status: 'pending', retryInSeconds: next.inSeconds, holdSeconds: null }
    case 'failed':
      return { status: 'failed', retryInSeconds: null, holdSeconds: next.holdSeconds }
    case 'canceled':
      return { status: 'canceled', retryInSeconds: null, holdSeconds: null }
  }
}
