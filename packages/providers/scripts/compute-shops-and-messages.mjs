// Shops, messages, mail and people.
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

export const commerce = [
  overBody(['shopify', 'shopify-hmac-sha256'], j({ id: 1 }), {
    make: b64(s256),
    headers: { 'shopify-topic': 'orders/create', 'shopify-webhook-id': 'w-1' },
    expect: ['orders/create', 'w-1'],
  }),
  overBody(['woocommerce', 'x-wc-webhook-signature'], j({ id: 1 }), {
    make: b64(s256),
    headers: { 'x-wc-webhook-topic': 'order.created', 'x-wc-webhook-delivery-id': 'd1' },
    expect: ['order.created', `d1.${bodyHash('{"id":1}')}`],
  }),
  overBody(['easypost', 'x-hmac-signature'], j({ description: 'tracker.updated', id: 'evt_1' }), {
    key: 'sécret ﬁ',
    make: (d) => mac(['sha256', 'sécret ﬁ'.normalize('NFKD')], d, 'hex'),
    before: 'hmac-sha256-hex=',
    expect: ['tracker.updated', 'evt_1'],
  }),
  overBody(
    ['fastspring', 'x-fs-signature'],
    j({ events: [{ id: 'e-1', type: 'order.completed' }] }),
    { make: b64(s256), expect: ['order.completed', 'e-1'] },
  ),
  overBody(['commercelayer', 'x-commercelayer-signature'], j({ data: {} }), {
    make: b64(s256),
    headers: { 'x-commercelayer-topic': 'orders.place' },
    expect: ['orders.place', bodyHash('{"data":{}}')],
  }),
  overBody(['onfleet', 'x-onfleet-signature'], j({ triggerName: 'taskCompleted' }), {
    key: hexSecret,
    make: (d) => mac(['sha512', Buffer.from(hexSecret, 'hex')], d, 'hex'),
    expect: ['taskCompleted', bodyHash('{"triggerName":"taskCompleted"}')],
  }),
  overBody(['rutter', 'x-rutter-signature'], j({ type: 'CONNECTION', code: 'INITIAL_UPDATE' }), {
    make: b64(s256),
    before: 'sha256=',
    expect: [
      'CONNECTION.INITIAL_UPDATE',
      bodyHash('{"type":"CONNECTION","code":"INITIAL_UPDATE"}'),
    ],
  }),
  ...['x-ramp-signature', 'x-ramp-webhook-signature'].map((header) =>
    overBody(['ramp', header], j({ type: 'transactions.cleared', id: 'e-1' }), {
      expect: ['transactions.cleared', 'e-1'],
    }),
  ),
]

export const messaging = [
  asIs('telegram', {
    header: 'x-telegram-bot-api-secret-token',
    body: j({ update_id: 7, message: {} }),
    expect: ['message', '7'],
  }),
  overBody(['msteams', 'authorization'], j({ type: 'message', id: 'm-1' }), {
    key: base64Secret,
    make: (d) => mac(['sha256', Buffer.from(base64Secret, 'base64')], d, 'base64'),
    before: 'HMAC ',
    expect: ['message', 'm-1'],
  }),
  overBody(['webex', 'x-spark-signature'], j({ resource: 'messages', event: 'created' }), {
    make: s1,
    expect: ['messages.created', bodyHash('{"resource":"messages","event":"created"}')],
  }),
  overTime(
    ['sinch', 'x-sinch-webhook-signature'],
    j({ app_id: 'a', message_delivery_report: {} }),
    {
      at: 'x-sinch-webhook-signature-timestamp',
      time: seconds,
      content: (t, b) => `${b}.nonce-1.${t}`,
      make: b64(s256),
      headers: { 'x-sinch-webhook-signature-nonce': 'nonce-1' },
      expect: ['message_delivery_report', 'nonce-1'],
    },
  ),
  inOneHeader(['whereby', 'whereby-signature'], j({ id: 'e-1', type: 'room.client.joined' }), {
    form: tv1,
    expect: ['room.client.joined', 'e-1'],
  }),
  overTime(['daily', 'x-webhook-signature'], j({ id: 'e-1', type: 'meeting.started' }), {
    key: base64Secret,
    at: 'x-webhook-timestamp',
    time: seconds,
    content: (t, b) => `${t}.${b}`,
    make: (d) => mac(['sha256', Buffer.from(base64Secret, 'base64')], d, 'base64'),
    expect: ['meeting.started', 'e-1'],
  }),
]

const mandrillBody = new URLSearchParams({ mandrill_events: j([{ event: 'open', _id: 'm-1' }]) })
const mailgunToken = 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0'

export const emailAndSupport = [
  vector(
    'mailgun',
    (() => {
      const signature = s256(seconds + mailgunToken)
      const body = j({
        signature: { timestamp: seconds, token: mailgunToken, signature },
        'event-data': { event: 'opened' },
      })
      return {
        source,
        secret,
        body,
        covered: mailgunToken,
        signature,
        timestamp: seconds,
        expect: ['opened', mailgunToken],
      }
    })(),
  ),
  vector(
    'mailgun',
    (() => {
      const signature = s256(seconds + mailgunToken)
      const ofSubaccount = mac(['sha256', 'key-of-the-subaccount'], seconds + mailgunToken, 'hex')
      const signed = { timestamp: seconds, token: mailgunToken, signature: ofSubaccount }
      const body = j({
        signature: { ...signed, 'parent-signature': signature },
        'event-data': { event: 'delivered' },
      })
      return {
        source,
        secret,
        body,
        covered: mailgunToken,
        signature,
        timestamp: seconds,
        expect: ['delivered', mailgunToken],
      }
    })(),
  ),
  vector(
    'mandrill',
    (() => {
      const signature = s1(`${url}mandrill_events${mandrillBody.get('mandrill_events')}`, 'base64')
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-mandrill-signature': signature,
      }
      return {
        source,
        secret,
        body: String(mandrillBody),
        covered: 'm-1',
        headers,
        signature,
        expect: ['open', 'm-1'],
      }
    })(),
  ),
  vector('postmark', {
    source,
    secret,
    body: j({ RecordType: 'Bounce' }),
    config: { username: 'post' },
    headers: { authorization: `Basic ${Buffer.from(`post:${secret}`).toString('base64')}` },
    signature: Buffer.from(`post:${secret}`).toString('base64'),
    expect: ['Bounce', bodyHash('{"RecordType":"Bounce"}')],
  }),
  ...['signature', 'x-mailersend-signature'].map((header) =>
    overBody(['mailersend', header], j({ type: 'activity.sent', data: { id: 'e-1' } }), {
      expect: ['activity.sent', 'e-1'],
    }),
  ),
  overTime(
    ['customerio', 'x-cio-signature'],
    j({ event_id: 'e-1', object_type: 'email', metric: 'sent' }),
    {
      at: 'x-cio-timestamp',
      time: seconds,
      content: (t, b) => `v0:${t}:${b}`,
      expect: ['email.sent', 'e-1'],
    },
  ),
  overTime(
    ['zendesk', 'x-zendesk-webhook-signature'],
    j({ type: 'zen:event-type:user.created', id: 'e-1' }),
    {
      at: 'x-zendesk-webhook-signature-timestamp',
      time: iso,
      content: (t, b) => t + b,
      make: b64(s256),
      expect: ['zen:event-type:user.created', 'e-1'],
    },
  ),
  overBody(['intercom', 'x-hub-signature'], j({ topic: 'user.created', id: 'notif_1' }), {
    make: s1,
    before: 'sha1=',
    expect: ['user.created', 'notif_1'],
  }),
  overTime(['front', 'x-front-signature'], j({ type: 'message', payload: { id: 'evt_1' } }), {
    at: 'x-front-request-timestamp',
    time: millis,
    content: (t, b) => `${t}:${b}`,
    make: b64(s256),
    expect: ['message', 'evt_1'],
  }),
  overBody(['front', 'x-front-signature'], j({ type: 'inbound', id: 'evt_2' }), {
    make: b64(s1),
    config: { sentBy: 'rule' },
    expect: ['inbound', 'evt_2'],
  }),
  overTime(['chatwoot', 'x-chatwoot-signature'], j({ event: 'message_created' }), {
    at: 'x-chatwoot-timestamp',
    time: seconds,
    content: (t, b) => `${t}.${b}`,
    before: 'sha256=',
    headers: { 'x-chatwoot-delivery': 'd-1' },
    expect: ['message_created', 'd-1'],
  }),
  overBody(['helpscout', 'x-helpscout-signature'], j({ id: 1 }), {
    make: b64(s1),
    headers: { 'x-helpscout-event': 'convo.created' },
    expect: ['convo.created', bodyHash('{"id":1}')],
  }),
]

const metaBody = j({ object: 'page', entry: [{ changes: [{ field: 'feed' }] }] })
const xBody = j({ for_user_id: '1', tweet_create_events: [] })

export const socialAndDevices = [
  overBody(['meta', 'x-hub-signature-256'], metaBody, {
    before: 'sha256=',
    expect: ['page.feed', bodyHash(metaBody)],
  }),
  overBody(['facebook', 'x-hub-signature-256'], metaBody, {
    before: 'sha256=',
    expect: ['page.feed', bodyHash(metaBody)],
  }),
  overBody(['x', 'x-twitter-webhooks-signature'], xBody, {
    make: b64(s256),
    before: 'sha256=',
    expect: ['tweet_create_events', bodyHash(xBody)],
  }),
  overTime(
    ['twitch', 'twitch-eventsub-message-signature'],
    j({ subscription: { type: 'channel.follow' } }),
    {
      at: 'twitch-eventsub-message-timestamp',
      time: '2026-11-26T12:00:00.123456789Z',
      content: (t, b) => `m-1${t}${b}`,
      before: 'sha256=',
      headers: { 'twitch-eventsub-message-id': 'm-1' },
      expect: ['channel.follow', 'm-1'],
    },
  ),
  overBody(['fitbit', 'x-fitbit-signature'], j([{ collectionType: 'foods' }]), {
    make: (d) => mac(['sha1', `${secret}&`], d, 'base64'),
    expect: ['foods', bodyHash('[{"collectionType":"foods"}]')],
  }),
  asIs('google-health', {
    header: 'authorization',
    body: j({ type: 'steps' }),
    expect: ['steps', bodyHash('{"type":"steps"}')],
  }),
]
