// Where code is kept and money is moved.
import {
  asIs,
  b64,
  bodyHash,
  hexSecret,
  inOneHeader,
  j,
  overBody,
  overTime,
  s1,
  s256,
  s512,
  secret,
  source,
  tv1,
} from './signing-shapes.mjs'
import { mac, millis, seconds, vector } from './vector-file.mjs'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** As a form: what is signed is the JSON in its one field. */
function inForm([type, header], json, { headers, expect }) {
  const signature = s256(json)
  return vector(type, {
    source,
    secret,
    body: `payload=${encodeURIComponent(json).replaceAll('%20', '+').replaceAll('*', '%2A')}`,
    headers: { ...form, ...headers, [header]: signature },
    signature,
    expect,
  })
}

export const codeAndOperations = [
  overBody(['bitbucket', 'x-hub-signature'], j({ a: 1 }), {
    before: 'sha256=',
    headers: { 'x-event-key': 'repo:push', 'x-request-uuid': 'u-1' },
    expect: ['repo:push', 'u-1'],
  }),
  overBody(['gitea', 'x-gitea-signature'], j({ action: 'opened' }), {
    headers: { 'x-gitea-event': 'issues', 'x-gitea-delivery': 'd-1' },
    expect: ['issues.opened', 'd-1'],
  }),
  inForm(['gitea', 'x-gitea-signature'], j({ action: 'opened', text: 'ñ & = *' }), {
    headers: { 'x-gitea-event': 'issues', 'x-gitea-delivery': 'd-1' },
    expect: ['issues.opened', 'd-1'],
  }),
  overBody(['gogs', 'x-gogs-signature'], j({ ref: 'x' }), {
    headers: { 'x-gogs-event': 'push', 'x-gogs-delivery': 'd-1' },
    expect: ['push', 'd-1'],
  }),
  inForm(['gogs', 'x-gogs-signature'], j({ ref: 'x' }), {
    headers: { 'x-gogs-event': 'push', 'x-gogs-delivery': 'd-1' },
    expect: ['push', 'd-1'],
  }),
  asIs('gitlab', {
    header: 'x-gitlab-token',
    body: j({ object_kind: 'push' }),
    headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': 'u-1' },
    expect: ['push', 'u-1'],
  }),
  overBody(['jira', 'x-hub-signature'], j({ webhookEvent: 'jira:issue_created' }), {
    before: 'sha256=',
    headers: { 'x-atlassian-webhook-identifier': 'i-1' },
    expect: ['jira:issue_created', 'i-1'],
  }),
  overBody(['snyk', 'x-hub-signature'], j({ project: {} }), {
    before: 'sha256=',
    headers: { 'x-snyk-event': 'project_snapshot/v0' },
    expect: ['project_snapshot/v0', bodyHash('{"project":{}}')],
  }),
  overBody(['vercel', 'x-vercel-signature'], j({ type: 'deployment.created', id: 'e-1' }), {
    make: s1,
    expect: ['deployment.created', 'e-1'],
  }),
  vector(
    'linear',
    (() => {
      const body = j({ type: 'Issue', action: 'create', webhookTimestamp: Number(millis) })
      const signature = s256(body)
      return {
        source,
        secret,
        body,
        headers: { 'linear-signature': signature, 'linear-delivery': 'd-1' },
        signature,
        timestamp: millis,
        expect: ['Issue.create', 'd-1'],
      }
    })(),
  ),
  overBody(['sentry', 'sentry-hook-signature'], j({ action: 'created' }), {
    headers: { 'sentry-hook-resource': 'issue', 'request-id': 'r-1' },
    expect: ['issue.created', 'r-1'],
  }),
  overBody(['sentry', 'sentry-app-signature'], '', {
    headers: { 'sentry-hook-resource': 'installation', 'request-id': 'r-2' },
    expect: ['installation', 'r-2'],
  }),
  overBody(
    ['pagerduty', 'x-pagerduty-signature'],
    j({ event: { id: 'e-1', event_type: 'incident.triggered' } }),
    { before: `v1=${'0'.repeat(64)},v2=zzz,v1=`, expect: ['incident.triggered', 'e-1'] },
  ),
  inOneHeader(['buildkite', 'x-buildkite-signature'], j({ event: 'build.finished' }), {
    form: (t, sig) => `timestamp=${t},signature=${sig}`,
    headers: { 'x-buildkite-event': 'build.finished', 'x-buildkite-request': 'r-1' },
    expect: ['build.finished', 'r-1'],
  }),
  asIs('buildkite', {
    header: 'x-buildkite-token',
    body: j({ event: 'ping' }),
    headers: { 'x-buildkite-request': 'r-1' },
    config: { proof: 'secret' },
    expect: ['ping', 'r-1'],
  }),
  inOneHeader(['tailscale', 'tailscale-webhook-signature'], j([{ type: 'nodeCreated' }]), {
    form: tv1,
    expect: ['nodeCreated', bodyHash('[{"type":"nodeCreated"}]')],
  }),
  overBody(['grafana', 'x-grafana-alerting-signature'], j({ status: 'firing' }), {
    expect: ['firing', bodyHash('{"status":"firing"}')],
  }),
  {
    ...overTime(['grafana', 'x-sig'], j({ status: 'firing' }), {
      at: 'x-time',
      time: seconds,
      content: (t, b) => `${t}:${b}`,
      expect: ['firing', bodyHash('{"status":"firing"}')],
    }),
    config: { signatureHeader: 'X-Sig', timestampHeader: 'X-Time' },
  },
  overBody(
    ['heroku', 'heroku-webhook-hmac-sha256'],
    j({ id: 'e-1', resource: 'app', action: 'update' }),
    { make: b64(s256), expect: ['app.update', 'e-1'] },
  ),
  overBody(['launchdarkly', 'x-ld-signature'], j({ kind: 'flag', _id: 'e-1' }), {
    expect: ['flag', 'e-1'],
  }),
  overBody(
    ['tfc', 'x-tfe-notification-signature'],
    j({ notifications: [{ trigger: 'run:completed' }] }),
    {
      make: s512,
      expect: ['run:completed', bodyHash('{"notifications":[{"trigger":"run:completed"}]}')],
    },
  ),
]

export const payments = [
  overBody(['mollie', 'x-mollie-signature'], j({ type: 'payment-link.paid', id: 'e-1' }), {
    before: `sha256=${'1'.repeat(64)}, sha256=`,
    expect: ['payment-link.paid', 'e-1'],
  }),
  overBody(
    ['adyen-platform', 'hmacsignature'],
    j({ type: 'balancePlatform.accountHolder.created' }),
    {
      make: (d) => mac(['sha256', Buffer.from(hexSecret, 'hex')], d, 'base64'),
      key: hexSecret,
      expect: [
        'balancePlatform.accountHolder.created',
        bodyHash('{"type":"balancePlatform.accountHolder.created"}'),
      ],
    },
  ),
  overBody(
    ['gocardless', 'webhook-signature'],
    j({
      events: [
        { id: 'EV1', resource_type: 'payments', action: 'confirmed' },
        { id: 'EV2', resource_type: 'payments', action: 'paid_out' },
      ],
    }),
    { expect: ['payments.confirmed', 'EV1,EV2'] },
  ),
  vector(
    'coinbase-cdp',
    (() => {
      const body = j({ eventType: 'onchain.activity' })
      const signature = s256(`${seconds}.content-type x-event-id.application/json.e-1.${body}`)
      const headers = {
        'content-type': 'application/json',
        'x-event-id': 'e-1',
        'x-hook0-signature': `t=${seconds},h=content-type x-event-id,v1=${signature}`,
      }
      return {
        source,
        secret,
        body,
        headers,
        signature,
        timestamp: seconds,
        expect: ['onchain.activity', bodyHash(body)],
      }
    })(),
  ),
  overBody(['checkout', 'cko-signature'], j({ type: 'payment_approved', id: 'e-1' }), {
    expect: ['payment_approved', 'e-1'],
  }),
  overTime(['revolut', 'revolut-signature'], j({ event: 'ORDER_COMPLETED' }), {
    at: 'revolut-request-timestamp',
    time: millis,
    content: (t, b) => `v1.${t}.${b}`,
    before: 'v1=',
    expect: ['ORDER_COMPLETED', bodyHash('{"event":"ORDER_COMPLETED"}')],
  }),
  overTime(['cashfree', 'x-webhook-signature'], j({ type: 'PAYMENT_SUCCESS_WEBHOOK' }), {
    at: 'x-webhook-timestamp',
    time: millis,
    content: (t, b) => t + b,
    make: b64(s256),
    expect: ['PAYMENT_SUCCESS_WEBHOOK', bodyHash('{"type":"PAYMENT_SUCCESS_WEBHOOK"}')],
  }),
  overTime(['airwallex', 'x-signature'], j({ name: 'payment_intent.created', id: 'e-1' }), {
    at: 'x-timestamp',
    time: millis,
    content: (t, b) => t + b,
    expect: ['payment_intent.created', 'e-1'],
  }),
  overBody(['paystack', 'x-paystack-signature'], j({ event: 'charge.success', data: { id: 7 } }), {
    make: s512,
    expect: ['charge.success', 'charge.success.7'],
  }),
  {
    ...inOneHeader(['paystack', 'x-sig'], j({ event: 'charge.success', data: { id: 7 } }), {
      make: s512,
      form: (t, sig) => `t=${t},v1=key_old:${'4'.repeat(128)},v1=key_1:${sig}`,
      expect: ['charge.success', 'charge.success.7'],
    }),
    config: { timedHeader: 'X-Sig' },
  },
  overBody(['lemon-squeezy', 'x-signature'], j({ meta: { event_name: 'order_created' } }), {
    expect: ['order_created', bodyHash('{"meta":{"event_name":"order_created"}}')],
  }),
  overBody(
    ['worldpay', 'event-signature'],
    j({ eventId: 'e-1', eventDetails: { type: 'sentForAuthorization' } }),
    { before: `1/SHA256/${'2'.repeat(64)},2/SHA256/`, expect: ['sentForAuthorization', 'e-1'] },
  ),
  inOneHeader(['recurly', 'recurly-signature'], j({ event_type: 'account', id: 'e-1' }), {
    time: millis,
    form: (t, sig) => `${t},${'3'.repeat(64)},${sig}`,
    expect: ['account', 'e-1'],
  }),
  overBody(['modern-treasury', 'x-signature'], j({ event: 'completed' }), {
    headers: { 'x-topic': 'payment_order', 'x-webhook-id': 'w-1' },
    expect: ['payment_order.completed', 'w-1'],
  }),
  overBody(
    ['authorize-net', 'x-anet-signature'],
    j({ eventType: 'net.authorize.payment.void.created', notificationId: 'n-1' }),
    {
      make: (d) => s512(d).toUpperCase(),
      before: 'sha512=',
      expect: ['net.authorize.payment.void.created', 'n-1'],
    },
  ),
  overBody(
    ['dwolla', 'x-request-signature-sha-256'],
    j({ topic: 'transfer_completed', id: 'e-1' }),
    {
      expect: ['transfer_completed', 'e-1'],
    },
  ),
]
