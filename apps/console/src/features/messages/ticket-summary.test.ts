import type { MessageAttemptOut, MessageEndpointOut, MessageOut } from '@posthorn/contracts'
import { describe, expect, it } from 'vitest'
import { ticketSummary } from './ticket-summary.ts'

const MESSAGE: MessageOut = {
  id: 'msg_1',
  eventType: 'invoice.paid',
  eventId: 'order-4711',
  payload: { card: '4111 1111 1111 1111' },
  timestamp: '2026-11-25T12:00:00.000Z',
  schemaErrors: null,
  unmatched: null,
}

const ENDPOINT: MessageEndpointOut = {
  id: 'ep_1',
  url: 'https://hooks.example.com/orders',
  description: '',
  disabled: false,
  version: 1,
  createdAt: MESSAGE.timestamp,
  updatedAt: MESSAGE.timestamp,
  rateLimit: null,
  throttleRate: null,
  eventTypes: null,
  filterTypes: null,
  channels: null,
  status: 2,
  statusText: 'fail',
}

function attempt(fields: Partial<MessageAttemptOut>): MessageAttemptOut {
  return {
    id: 'atmpt_1',
    msgId: MESSAGE.id,
    endpointId: ENDPOINT.id,
    url: ENDPOINT.url,
    response: '<html>secret</html>',
    responseStatusCode: 500,
    responseDurationMs: 120,
    status: 2,
    statusText: 'fail',
    triggerType: 0,
    timestamp: '2026-11-25T12:00:01.000Z',
    outcome: { code: 'http_500', params: {} },
    timing: { dnsMs: null, connectMs: null, tlsMs: null, waitMs: null, bodyMs: null },
    remoteAddress: null,
    responseHeaders: null,
    attemptNumber: 1,
    nextAttempt: null,
    ...fields,
  }
}

const INPUT = { message: MESSAGE, appId: 'app_1', appName: 'Acme' }

describe('ticketSummary', () => {
  it('says what was sent, what came back, why and what to look at, without contents', () => {
    const text = ticketSummary({
      ...INPUT,
      deliveries: [{ endpoint: ENDPOINT, state: undefined }],
      attempts: [
        attempt({ id: 'atmpt_2', timestamp: '2026-11-25T12:05:00.000Z', attemptNumber: 2 }),
        attempt({}),
      ],
    })
    expect(text).toBe(
      [
        'Message msg_1 (invoice.paid)',
        'Event id: order-4711',
        'Application: Acme (app_1)',
        'Published: 2026-11-25 12:00:00 UTC',
        '',
        'https://hooks.example.com/orders',
        'Status: failed, no further attempt is scheduled',
        'Attempts: 2, the first at 2026-11-25 12:00:01 UTC, the last at 2026-11-25 12:05:00 UTC',
        'Last failure at 2026-11-25 12:05:00 UTC: status 500 after 120 ms. Your server failed.',
        'What to look at: Search its log for this webhook-id.',
        '',
        'Each request for this message carries the header webhook-id: msg_1',
      ].join('\n'),
    )
  })

  it('says that nobody answered, and that nobody was to be sent to', () => {
    const unanswered = attempt({
      responseStatusCode: 0,
      outcome: { code: 'connection_refused', params: {} },
    })
    const deliveries = [{ endpoint: ENDPOINT, state: undefined }]
    expect(ticketSummary({ ...INPUT, deliveries, attempts: [unanswered] })).toContain(
      'no answer, after 120 ms. Nothing listens at hooks.example.com:443.',
    )
    const message: MessageOut = { ...MESSAGE, unmatched: 'event_type' }
    expect(ticketSummary({ ...INPUT, message, deliveries: [], attempts: [] })).toContain(
      'No endpoint takes this event type.',
    )
  })
})
