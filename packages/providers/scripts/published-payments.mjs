// Vectors that payment services publish.
import { vector } from './vector-file.mjs'

const at = (secondsSince1970) => new Date(secondsSince1970 * 1000)
const gocardlessBody =
  '{"events":[{"id":"EV00BD05S5VM2T","created_at":"2018-07-05T09:13:51.404Z","resource_type":"subscriptions","action":"created","links":{"subscription":"SB0003JJQ2MR06"},"details":{"origin":"api","cause":"subscription_created","description":"Subscription created via the API."},"metadata":{}},{"id":"EV00BD05TB8K63","created_at":"2018-07-05T09:13:56.893Z","resource_type":"mandates","action":"created","links":{"mandate":"MD000AMA19XGEC"},"details":{"origin":"api","cause":"mandate_created","description":"Mandate created via the API."},"metadata":{}}]}'
const adyenKey = 'DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00'
const adyenItem = {
  pspReference: 'pspReference',
  originalReference: 'originalReference',
  merchantAccountCode: 'merchantAccount',
  merchantReference: 'reference',
  amount: { value: 1000, currency: 'EUR' },
  eventCode: 'EVENT',
  success: 'true',
  additionalData: { hmacSignature: 'ipnxGCaUZ4l8TUW75a71/ghd2Fe5ffvX0pV4TLTntIc=' },
}
const coinbaseBody =
  '{"id":1,"scheduled_for":"2017-01-31T20:50:02Z","attempt_number":1,"event":{"id":"24934862-d980-46cb-9402-43c81b0cdba6","type":"charge:created","api_version":"2018-03-22","created_at":"2017-01-31T20:49:02Z","data":{"code":"66BEOV2A","name":"The Sovereign Individual","description":"Mastering the Transition to the Information Age","hosted_url":"https://commerce.coinbase.com/charges/66BEOV2A","created_at":"2017-01-31T20:49:02Z","expires_at":"2017-01-31T21:04:02Z","timeline":[{"time":"2017-01-31T20:49:02Z","status":"NEW"}],"metadata":{},"pricing_type":"no_price","payments":[],"addresses":{"bitcoin":"0000000000000000000000000000000000","ethereum":"0x0000000000000000000000000000000000000000","litecoin":"3000000000000000000000000000000000","bitcoincash":"bitcoincash:000000000000000000000000000000000000000000"}}}}'

const wiseBody =
  '{"data":{"resource":{"id":49983981,"profile_id":16055450,"account_id":14124090,"type":"transfer"},"current_state":"incoming_payment_waiting","previous_state":null,"occurred_at":"2021-08-23T10:12:50Z"},"subscription_id":"90aa8e14-4ef1-4a56-861c-f3c9cde097ea","event_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2021-08-23T10:12:50Z"}'
const wiseSignature =
  'wKcKCYXAzxNgiu7xmoDm943NUni7Rz33QN8JkEA9dWSGebgndonabgSj18Y4C08OrwVmueGsED2s00M7DtJVcYKOS1i3G4TMVx+mgM3aL9djMBkQtiYNBFUd6wrPI7ZUNHv/TrlKSjTMc+6JFvUvJ7owY3z85e3I4jLRLJowMFvO8kvCJ60+1pY9wDwZvtZ//WS93LrwGjk9Dvwzpmu0w+P4J75tETT5qC3Uv0y5G2yO8SEoO3yNP/tg/BOli02niHb53vEOUWUb9bly6thnfMoXoiV/osoGxgF20R58RlvkAmezyyl1Sv542TfS2DpiwVnmjjjkCyXeSUcKookYLQ=='
const wiseSandboxKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwpb91cEYuyJNQepZAVfPZIlPZfNUefH+n6w9SW3fykqKu938cR7WadQv87oF2VuT+fDt7kqeRziTmPSUhqPUys/V2Q1rlfJuXbE+Gga37t7zwd0egQ+KyOEHQOpcTwKmtZ81ieGHynAQzsn1We3jwt760MsCPJ7GMT141ByQM+yW1Bx+4SG3IGjXWyqOWrcXsxAvIXkpUD/jK/L958CgnZEgz0BSEh0QxYLITnW1lLokSx/dTianWPFEhMC9BgijempgNXHNfcVirg1lPSygz7KqoKUN0oHqWLr2U1A+7kqrl6O2nx3CKs1bj1hToT1+p4kcMoHXA7kA+VBLUpEsVwIDAQAB'

export const publishedPayments = [
  vector('wise', {
    source: 'transferwise/digital-signatures-examples, verify-webhook-signature',
    secret: wiseSandboxKey,
    body: wiseBody,
    headers: { 'x-signature-sha256': wiseSignature, 'x-delivery-id': 'd-1' },
    signature: wiseSignature,
    expect: ['transfers#state-change', 'd-1'],
  }),
  vector('gocardless', {
    source: 'gocardless-nodejs, webhooks test',
    secret: 'ED7D658C-D8EB-4941-948B-3973214F2D49',
    body: gocardlessBody,
    headers: {
      'webhook-signature': '2693754819d3e32d7e8fcb13c729631f316c6de8dc1cf634d6527f1c07276e7e',
    },
    signature: '2693754819d3e32d7e8fcb13c729631f316c6de8dc1cf634d6527f1c07276e7e',
    expect: ['subscriptions.created', 'EV00BD05S5VM2T,EV00BD05TB8K63'],
  }),
  vector('square', {
    source: 'square-nodejs-sdk, webhooks test',
    secret: 'signature-key',
    url: 'https://webhook.site/webhooks',
    body: '{"data":{"type":"webhooks","id":"fake_id"}}',
    headers: { 'x-square-hmacsha256-signature': 'W3FlCNk5IA3ZQ2LHTWoajvzfaDu/OwY2tNHIHC3IUOA=' },
    signature: 'W3FlCNk5IA3ZQ2LHTWoajvzfaDu/OwY2tNHIHC3IUOA=',
  }),
  vector('adyen-payments', {
    source: 'adyen-node-api-library, hmacValidator test',
    secret: adyenKey,
    body: JSON.stringify({ notificationItems: [{ NotificationRequestItem: adyenItem }] }),
    covered: 'originalReference"',
    signature: adyenItem.additionalData.hmacSignature,
    expect: ['EVENT', 'pspReference.EVENT.true'],
  }),
  vector('paddle', {
    source: 'paddle-node-sdk, webhooks-validator test',
    secret: 'VALID_SECRET',
    now: at(1698796800),
    body: '{"data": ["1", "2"]}',
    headers: {
      'paddle-signature':
        'ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
    },
    signature: 'a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
    timestamp: '1698796800',
  }),
  vector('paddle', {
    source: 'paddle-node-sdk, webhooks-validator test',
    secret: 'VALID_SECRET',
    now: at(1698796800),
    body: '{"data": "value"}',
    headers: {
      'paddle-signature':
        'ts=1698796800;h1=28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261;h2=RANDOM_HASH',
    },
    signature: '28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261',
    timestamp: '1698796800',
  }),
  vector('coinbase-commerce', {
    source: 'coinbase-commerce-node, test/testWebhook',
    secret: '30291a20-0bd1-4267-9b0f-e6e7b123c0bf',
    body: coinbaseBody,
    headers: {
      'x-cc-webhook-signature': '8be7742c7d372f08a6a3224edadf18a22b65fa9e28f3f2de97376cdaa092590d',
    },
    signature: '8be7742c7d372f08a6a3224edadf18a22b65fa9e28f3f2de97376cdaa092590d',
    expect: ['charge:created', '24934862-d980-46cb-9402-43c81b0cdba6'],
  }),
  vector('razorpay', {
    source: 'razorpay-node, test/utils/razorpay-utils',
    secret: '123456',
    body: '{"a":1,"b":2,"c":{"d":3}}',
    headers: {
      'x-razorpay-signature': '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc',
      'x-razorpay-event-id': 'e-1',
    },
    signature: '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc',
    expect: [undefined, 'e-1'],
  }),
  vector('checkbook', {
    source: 'Checkbook docs, webhooks',
    secret: '335b5728e25b47e88995fce207bff380',
    body: '{"status": "PAID", "id": "ed0af5fb335c47dd8eb53199ba50f5c4", "type": "CHECK"}',
    headers: {
      signature:
        'nonce=1243549809,signature=4ee9758fc0bceb3ca1a2fe397fbd125364cfffdb04296fa118dab9778a4b3ce3',
    },
    signature: '4ee9758fc0bceb3ca1a2fe397fbd125364cfffdb04296fa118dab9778a4b3ce3',
    expect: ['CHECK.PAID', 'ed0af5fb335c47dd8eb53199ba50f5c4.PAID'],
  }),
]
