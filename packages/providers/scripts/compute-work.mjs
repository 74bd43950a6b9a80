// Work, documents, sales and content.
import {
  asIs,
  b64,
  base64Secret,
  bodyHash,
  hexSecret,
  inOneHeader,
  j,
  overBody,
  overTime,
  s1,
  s256,
  secret,
  source,
  tv1,
} from './signing-shapes.mjs'
import { iso, mac, millis, seconds, url, vector } from './vector-file.mjs'

const dropboxSign = { event_time: seconds, event_type: 'signature_request_viewed' }
const asanaBody = j({ events: [{ action: 'changed', resource: { resource_type: 'task' } }] })

export const workAndDocuments = [
  overBody(['asana', 'x-hook-signature'], asanaBody, {
    expect: ['task.changed', bodyHash(asanaBody)],
  }),
  overBody(['notion', 'x-notion-signature'], j({ type: 'page.created', id: 'e-1' }), {
    before: 'sha256=',
    expect: ['page.created', 'e-1'],
  }),
  overBody(['trello', 'x-trello-webhook'], j({ action: { type: 'updateCard', id: 'a-1' } }), {
    make: (d) => s1(d + url, 'base64'),
    expect: ['updateCard', 'a-1'],
  }),
  overBody(['clickup', 'x-signature'], j({ event: 'taskCreated' }), {
    expect: ['taskCreated', bodyHash('{"event":"taskCreated"}')],
  }),
  overBody(['airtable', 'x-airtable-content-mac'], j({ webhook: { id: 'w-1' }, timestamp: iso }), {
    key: base64Secret,
    make: (d) => mac(['sha256', Buffer.from(base64Secret, 'base64')], d, 'hex'),
    before: 'hmac-sha256=',
    expect: ['notification', `w-1.${iso}`],
  }),
  overBody(
    ['typeform', 'typeform-signature'],
    j({ event_id: 'e-1', event_type: 'form_response' }),
    {
      make: b64(s256),
      before: 'sha256=',
      expect: ['form_response', 'e-1'],
    },
  ),
  overBody(['tally', 'tally-signature'], j({ eventId: 'e-1', eventType: 'FORM_RESPONSE' }), {
    make: b64(s256),
    expect: ['FORM_RESPONSE', 'e-1'],
  }),
  overBody(
    ['surveymonkey', 'sm-signature'],
    j({ event_id: 'e-1', event_type: 'response_completed' }),
    {
      config: { clientId: 'client-1' },
      make: (d) => mac(['sha1', `client-1&${secret}`], d, 'base64'),
      expect: ['response_completed', 'e-1'],
    },
  ),
  inOneHeader(['calendly', 'calendly-webhook-signature'], j({ event: 'invitee.created' }), {
    form: tv1,
    expect: ['invitee.created', bodyHash('{"event":"invitee.created"}')],
  }),
  overBody(['cal', 'x-cal-signature-256'], j({ triggerEvent: 'BOOKING_CREATED' }), {
    expect: ['BOOKING_CREATED', bodyHash('{"triggerEvent":"BOOKING_CREATED"}')],
  }),
  ...[
    ['event.created', { id: 'e-1', type: 'event.created' }],
    ['appointment.created', { id: 'e-1', data: { type: 'appointment.created' } }],
  ].map(([eventType, event]) =>
    overBody(['savvycal', 'x-savvycal-signature'], j(event), {
      make: (d) => s256(d).toUpperCase(),
      before: 'sha256=',
      expect: [eventType, 'e-1'],
    }),
  ),
  overBody(['acuity', 'x-acuity-signature'], 'action=scheduled&id=1', {
    make: b64(s256),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    expect: ['scheduled', bodyHash('action=scheduled&id=1')],
  }),
  overTime(['zoom', 'x-zm-signature'], j({ event: 'meeting.started' }), {
    at: 'x-zm-request-timestamp',
    time: seconds,
    content: (t, b) => `v0:${t}:${b}`,
    before: 'v0=',
    expect: ['meeting.started', bodyHash('{"event":"meeting.started"}')],
  }),
  overBody(
    ['docusign', 'x-docusign-signature-2'],
    j({ event: 'envelope-sent', generatedDateTime: iso, data: { envelopeId: 'v-1' } }),
    {
      make: b64(s256),
      headers: { 'x-docusign-signature-1': Buffer.alloc(32, 1).toString('base64') },
      expect: ['envelope-sent', `v-1.envelope-sent.${iso}`],
    },
  ),
  asIs('adobe-sign', {
    key: 'client-id-0123456789',
    header: 'x-adobesign-clientid',
    body: j({ event: 'AGREEMENT_CREATED', webhookNotificationId: 'n-1' }),
    expect: ['AGREEMENT_CREATED', 'n-1'],
  }),
  vector(
    'panda-doc',
    (() => {
      const body = j([{ event: 'document_state_changed' }])
      const signature = s256(body)
      return {
        source,
        secret,
        body,
        url: `${url}?signature=${signature}`,
        signature,
        expect: ['document_state_changed', bodyHash(body)],
      }
    })(),
  ),
  overBody(['dropbox', 'x-dropbox-signature'], j({ list_folder: { accounts: ['dbid:1'] } }), {
    expect: ['list_folder'],
  }),
  vector(
    'dropbox-sign',
    (() => {
      const signature = s256(dropboxSign.event_time + dropboxSign.event_type)
      const event = { ...dropboxSign, event_hash: signature }
      const json = j({ event, signature_request: { signature_request_id: 'sr-1' } })
      const body = `--b0\r\nContent-Disposition: form-data; name="json"\r\n\r\n${json}\r\n--b0--\r\n`
      return {
        source,
        secret,
        body,
        covered: 'signature_request_viewed',
        headers: { 'content-type': 'multipart/form-data; boundary=b0' },
        signature,
        timestamp: seconds,
        expect: [dropboxSign.event_type, `${signature}.sr-1`],
      }
    })(),
  ),
]

const attioBody = j({ events: [{ event_type: 'record.created' }] })
const hubspotUrl = `${url}?a=%2Fb%20c`
const hubspotBody = j([{ eventId: 1, subscriptionId: 2, subscriptionType: 'contact.creation' }])

export const marketingAndData = [
  vector(
    'hubspot',
    (() => {
      const signature = s256(`POST${url}?a=/b%20c${hubspotBody}${millis}`, 'base64')
      const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': millis }
      return {
        source,
        secret,
        url: hubspotUrl,
        body: hubspotBody,
        headers,
        signature,
        timestamp: millis,
        expect: ['contact.creation', '1.2'],
      }
    })(),
  ),
  overBody(['segment', 'x-signature'], j({ type: 'track', messageId: 'm-1' }), {
    make: s1,
    expect: ['track', 'm-1'],
  }),
  overTime(
    ['webflow', 'x-webflow-signature'],
    j({ triggerType: 'form_submission', payload: { id: 'f-1' } }),
    {
      at: 'x-webflow-timestamp',
      time: millis,
      content: (t, b) => `${t}:${b}`,
      expect: ['form_submission', 'f-1.form_submission'],
    },
  ),
  overTime(
    ['close', 'close-sig-hash'],
    j({ event: { id: 'ev_1', object_type: 'lead', action: 'created' } }),
    {
      key: hexSecret,
      at: 'close-sig-timestamp',
      time: seconds,
      content: (t, b) => t + b,
      make: (d) => mac(['sha256', Buffer.from(hexSecret, 'hex')], d, 'hex'),
      expect: ['lead.created', 'ev_1'],
    },
  ),
  ...['attio-signature', 'x-attio-signature'].map((header) =>
    overBody(['attio', header], attioBody, {
      headers: { 'idempotency-key': 'k-1' },
      expect: ['record.created', 'k-1'],
    }),
  ),
  // As it sends them: the one repeats the other.
  overBody(['attio', 'attio-signature'], attioBody, {
    headers: { 'x-attio-signature': s256(attioBody), 'idempotency-key': 'k-1' },
    expect: ['record.created', 'k-1'],
  }),
  overTime(['port-io', 'x-port-signature'], j({ action: 'create', context: { runId: 'r_1' } }), {
    at: 'x-port-timestamp',
    time: seconds,
    content: (t, b) => `${t}.${b}`,
    make: b64(s256),
    before: 'v1,',
    expect: ['create', 'r_1'],
  }),
  overBody(['nango', 'x-nango-hmac-sha256'], j({ type: 'auth', operation: 'creation' }), {
    expect: ['auth.creation', bodyHash('{"type":"auth","operation":"creation"}')],
  }),
  overBody(['merge', 'x-merge-webhook-signature'], j({ hook: { event: 'LinkedAccount.linked' } }), {
    make: (d) => `${s256(d, 'base64url')}=`,
    expect: ['LinkedAccount.linked', bodyHash('{"hook":{"event":"LinkedAccount.linked"}}')],
  }),
  overBody(['nylas', 'x-nylas-signature'], j({ type: 'message.created', id: 'e-1' }), {
    expect: ['message.created', 'e-1'],
  }),
  ...['x-hmac-signature', 'vrf-hmac-signature'].map((header) =>
    overBody(['veriff', header], j({ action: 'submitted' }), {
      headers: { 'x-auth-client': 'c' },
      expect: ['submitted', bodyHash('{"action":"submitted"}')],
    }),
  ),
  overBody(['vapi', 'x-vapi-signature'], j({ message: { type: 'end-of-call-report' } }), {
    expect: ['end-of-call-report', bodyHash('{"message":{"type":"end-of-call-report"}}')],
  }),
  ...[
    ['s', seconds],
    ['ms', millis],
  ].map(([unit, time]) =>
    overTime(['vapi', 'x-signature'], j({ message: { type: 'status-update' } }), {
      time,
      at: 'x-timestamp',
      content: (t, b) => `${t}.${b}`,
      config: { timestampUnit: unit },
      expect: ['status-update', bodyHash('{"message":{"type":"status-update"}}')],
    }),
  ),
  asIs('vapi', {
    header: 'x-vapi-secret',
    body: j({ message: { type: 'hang' } }),
    config: { proof: 'secret' },
    expect: ['hang', bodyHash('{"message":{"type":"hang"}}')],
  }),
  inOneHeader(
    ['retell', 'x-retell-signature'],
    j({ event: 'call_started', call: { call_id: 'c-1' } }),
    {
      time: millis,
      content: (t, b) => b + t,
      form: (t, sig) => `v=${t},d=${sig}`,
      expect: ['call_started', 'c-1.call_started'],
    },
  ),
  inOneHeader(['elevenlabs', 'elevenlabs-signature'], j({ type: 'post_call_transcription' }), {
    form: (t, sig) => `t=${t},v0=${sig}`,
    expect: ['post_call_transcription', bodyHash('{"type":"post_call_transcription"}')],
  }),
  inOneHeader(
    ['revenuecat', 'x-revenuecat-webhook-signature'],
    j({ event: { id: 'e-1', type: 'RENEWAL' } }),
    { form: tv1, expect: ['RENEWAL', 'e-1'] },
  ),
  asIs('revenuecat', {
    header: 'authorization',
    body: j({ event: { id: 'e-1', type: 'RENEWAL' } }),
    config: { proof: 'secret' },
    expect: ['RENEWAL', 'e-1'],
  }),
  inOneHeader(['mux', 'mux-signature'], j({ id: 'e-1', type: 'video.asset.ready' }), {
    form: tv1,
    expect: ['video.asset.ready', 'e-1'],
  }),
]
