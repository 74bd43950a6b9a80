// Vectors that vendors publish in their documentation or their libraries' tests, as stated there.
import { publishedPayments } from './published-payments.mjs'
import { publishedTests } from './published-tests.mjs'
import { vector, writeVectors } from './vector-file.mjs'

const day = (text) => new Date(text)
const at = (secondsSince1970) => new Date(secondsSince1970 * 1000)
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const github = [
  vector('github', {
    source: 'GitHub docs, validating webhook deliveries',
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    headers: {
      'x-hub-signature-256':
        'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      'x-github-event': 'push',
      'x-github-delivery': 'd-1',
    },
    signature: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    expect: ['push', 'd-1'],
  }),
  vector('github', {
    source: 'octokit/webhooks-methods.js, test/verify',
    secret: 'development',
    body: String.raw`{"foo":"Foo\n\u001B[34mbar: ♥♥♥♥♥♥♥♥\nthis-is-lost\u001B[0m\u001B[2K"}`,
    headers: {
      'x-hub-signature-256':
        'sha256=afecc3caa27548bb90d51a50384cb2868b9a3327b4ad6a01c9bd4ed0f8b0b12c',
    },
    signature: 'afecc3caa27548bb90d51a50384cb2868b9a3327b4ad6a01c9bd4ed0f8b0b12c',
  }),
]

const standardParts = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  body: '{"test": 2432232314}',
  now: at(1614265330),
  signature: 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  timestamp: '1614265330',
  expect: [undefined, 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
}

function standard(type, prefix) {
  const headers = {
    [`${prefix}-id`]: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    [`${prefix}-timestamp`]: '1614265330',
    [`${prefix}-signature`]:
      'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  return vector(type, {
    ...standardParts,
    source: 'standard-webhooks and svix-webhooks, JavaScript tests',
    headers,
  })
}

const slackBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
const slackSignature = 'a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'

const twilioUrl = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const twilioForm =
  'CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309'

function twilio([received, body], signature, headers = form) {
  return vector('twilio', {
    source: 'twilio-python, test_request_validator',
    secret: '12345',
    url: received,
    body,
    headers: { ...headers, 'x-twilio-signature': signature },
    signature,
  })
}

const messaging = [
  vector('slack', {
    source: 'python-slack-sdk, test_signature_verifier',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    now: at(1531420618),
    body: slackBody,
    headers: {
      ...form,
      'x-slack-signature': `v0=${slackSignature}`,
      'x-slack-request-timestamp': '1531420618',
    },
    signature: slackSignature,
    timestamp: '1531420618',
    expect: ['/webhook-collect'],
  }),
  twilio([twilioUrl, twilioForm], 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
  twilio([twilioUrl.replace('.com/', '.com:1234/'), twilioForm], 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
  twilio([twilioUrl, twilioForm], 'kvajT1Ptam85bY51eRf/AJRuM3w='),
  twilio([twilioUrl.replace('https', 'http'), twilioForm], '0ZXoZLH/DfblKGATFgpif+LLRf4='),
  twilio(
    [twilioUrl, 'Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234'],
    'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
  ),
  twilio(
    [
      `${twilioUrl}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
      '{"property": "value", "boolean": true}',
    ],
    'a9nBmqA0ju/hNViExpshrM61xv4=',
    { 'content-type': 'application/json' },
  ),
  vector('line', {
    source: 'line-bot-sdk-nodejs, test/validate-signature',
    secret: 'test_secret',
    body: '{"hello":"world"}',
    headers: { 'x-line-signature': 't7Hn4ZDHqs6e+wdvI5TyQIvzie0DmMUmuXEBqyyE/tM=' },
    signature: 't7Hn4ZDHqs6e+wdvI5TyQIvzie0DmMUmuXEBqyyE/tM=',
  }),
  vector('messagebird', {
    source: 'messagebird 4.0.1, lib/testdata/webhook-signature-jwt-reference.json',
    secret: '36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb',
    method: 'GET',
    url: 'https://example.com/',
    now: day('2021-07-05T12:00:00+02:00'),
    headers: {
      'messagebird-signature-jwt':
        'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTYyNTQ3OTIwMCwiZXhwIjoxNjI1NDc5MjYwLCJqdGkiOiI1OWEyNDRkYy1lOWFkLTRlMjMtOTc3OC0zNzFmYWEyMzhmNzIiLCJ1cmxfaGFzaCI6IjBmMTE1ZGIwNjJiN2MwZGQwMzBiMTY4NzhjOTlkZWE1YzM1NGI0OWRjMzdiMzhlYjg4NDYxNzljNzc4M2U5ZDcifQ.6Fp0rVOsRr1fj9S2GidXAfkmPVofKr8_RTffC6G6r2E',
    },
    signature: '6Fp0rVOsRr1fj9S2GidXAfkmPVofKr8_RTffC6G6r2E',
    expect: [undefined, '59a244dc-e9ad-4e23-9778-371faa238f72'],
  }),
]

const revolutBody =
  '{"data":{"id":"645a7696-22f3-aa47-9c74-cbae0449cc46","new_state":"completed","old_state":"pending","request_id":"app_charges-9f5d5eb3-1e06-46c5-b1c0-3914763e0bcb"},"event":"TransactionStateChanged","timestamp":"2023-05-09T16:36:38.028960Z"}'
const revolutSignature = 'bca326fb378d0da7f7c490ad584a8106bab9723d8d9cdd0d50b4c5b3be3837c0'
const boxHeaders = {
  'box-delivery-timestamp': '2020-01-01T00:00:00-07:00',
  'box-signature-version': '1',
  'box-signature-algorithm': 'HmacSHA256',
  'box-signature-primary': '6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=',
  'box-signature-secondary': 'v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo=',
}
const sendgridKey =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=='
const sendgridBody =
  '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n'
const sendgridSignature =
  'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM='
const boxBody =
  '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}'

function box(secret, signature) {
  return vector('box', {
    source: 'box-node-sdk, webhooks test',
    secret,
    now: day('2020-01-01T07:00:00Z'),
    body: boxBody,
    headers: { ...boxHeaders, 'box-delivery-id': 'd-1' },
    signature,
    timestamp: '2020-01-01T00:00:00-07:00',
    expect: ['FILE.UPLOADED', 'd-1'],
  })
}

const others = [
  vector('revolut', {
    source: 'Revolut docs, verify the payload signature',
    secret: 'wsk_r59a4HfWVAKycbCaNO1RvgCJec02gRd8',
    now: at(1683650202.36),
    body: revolutBody,
    headers: {
      'revolut-signature': `v1=${revolutSignature}`,
      'revolut-request-timestamp': '1683650202360',
    },
    signature: revolutSignature,
    timestamp: '1683650202360',
    expect: ['TransactionStateChanged'],
  }),
  box('SamplePrimaryKey', '6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI='),
  box('SampleSecondaryKey', 'v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo='),
  vector('circleci', {
    source: 'CircleCI docs, webhooks',
    secret: 'secret',
    body: 'hello world',
    headers: {
      'circleci-signature': 'v1=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a',
    },
    signature: '734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a',
  }),
  vector('circleci', {
    source: 'CircleCI docs, webhooks',
    secret: 'hunter123',
    body: 'an-important-request-payload',
    headers: {
      'circleci-signature':
        'v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa,v2=x',
    },
    signature: '9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa',
  }),
  vector('shopify', {
    source: 'shopify-app-js, webhook validation test',
    secret: 'test_secret_key',
    body: '{"foo": "bar"}',
    headers: {
      'x-shopify-hmac-sha256': 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=',
      'x-shopify-topic': 'orders/create',
      'x-shopify-webhook-id': 'w-1',
    },
    signature: 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=',
    expect: ['orders/create', 'w-1'],
  }),
  vector('sanity', {
    source: 'sanity webhook-toolkit, signature test',
    secret: 'test',
    now: at(1633519811.129),
    body: '{"_id":"resume"}',
    headers: {
      'sanity-webhook-signature': 't=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0',
    },
    signature: 'tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0',
    timestamp: '1633519811129',
  }),
  vector('sendgrid', {
    source: 'sendgrid-nodejs, eventwebhook test',
    secret: sendgridKey,
    now: at(1600112502),
    body: sendgridBody,
    headers: {
      'x-twilio-email-event-webhook-signature': sendgridSignature,
      'x-twilio-email-event-webhook-timestamp': '1600112502',
    },
    signature: sendgridSignature,
    timestamp: '1600112502',
    expect: ['dropped', 'ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA'],
  }),
  vector('onfido', {
    source: 'onfido-node, classic-webhook-event-verifier test',
    secret: '_ABC123abc123ABC123abc123ABC123_',
    body: '{"payload":{"resource_type":"check","action":"check.completed","object":{"id":"check-123","status":"complete","completed_at_iso8601":"2020-01-01T00:00:00Z","href":"https://api.onfido.com/v3/checks/check-123"}}}',
    headers: {
      'x-sha2-signature': 'a0082d7481f9f0a2907583dbe1f344d6d4c0d9989df2fd804f98479f60cd760e',
    },
    signature: 'a0082d7481f9f0a2907583dbe1f344d6d4c0d9989df2fd804f98479f60cd760e',
    expect: ['check.check.completed'],
  }),
  ...[
    ['GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    [
      'POST',
      '{"example_field":"example_value"}',
      '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
    ],
  ].map(([method, body, signature]) =>
    vector('hubspot', {
      source: 'hubspot-api-nodejs, signature test',
      secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
      method,
      url: 'https://www.example.com/webhook_uri',
      body,
      config: { signatureVersion: 'v2' },
      headers: { 'x-hubspot-signature': signature },
      signature,
    }),
  ),
]

writeVectors('published', [
  ...github,
  standard('standard', 'webhook'),
  standard('svix', 'svix'),
  ...messaging,
  ...publishedPayments,
  ...others,
  ...publishedTests,
])
