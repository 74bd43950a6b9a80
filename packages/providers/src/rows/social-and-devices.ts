import { alexaScheme } from '../certificate/alexa-scheme.ts'
import type { Provider } from '../provider.ts'
import { secretCalled } from './key-label.ts'

const hubSettings = [
  { name: 'verifyToken', label: 'Verify token', required: true, secret: true },
] as const

/** Networks of people, and the devices they wear or talk to. */
export const socialAndDeviceProviders: readonly Provider[] = [
  {
    type: 'meta',
    name: 'Meta (Messenger, Instagram, WhatsApp)',
    scheme: { kind: 'signed', header: 'X-Hub-Signature-256', items: ['sha256={signature}'] },
    eventType: ['json object + json entry[].changes[].field', 'json object'],
    deliveryId: ['hash body'],
    handshake: 'hub-challenge',
    settings: hubSettings,
    key: secretCalled('App secret'),
    setUp:
      'developers.facebook.com → your app → Webhooks: {url} and the verify token; the app secret is under Settings → Basic.',
    known: 'documented',
  },
  {
    type: 'facebook',
    name: 'Facebook',
    scheme: { kind: 'signed', header: 'X-Hub-Signature-256', items: ['sha256={signature}'] },
    eventType: ['json object + json entry[].changes[].field', 'json object'],
    deliveryId: ['hash body'],
    handshake: 'hub-challenge',
    settings: hubSettings,
    key: secretCalled('App secret'),
    setUp:
      'developers.facebook.com → your app → Webhooks: {url} and the verify token; the app secret is under Settings → Basic.',
    known: 'documented',
  },
  {
    type: 'x',
    name: 'X (Twitter)',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'x-twitter-webhooks-signature',
      items: ['sha256={signature}'],
    },
    eventType: ['key _events$'],
    deliveryId: ['hash body'],
    handshake: 'x-crc',
    key: secretCalled('Consumer secret (API secret key)'),
    setUp: 'Register {url} through the webhooks API; the secret is under Keys and tokens.',
    known: 'documented',
  },
  {
    type: 'twitch',
    name: 'Twitch EventSub',
    scheme: {
      kind: 'signed',
      header: 'Twitch-Eventsub-Message-Signature',
      items: ['sha256={signature}'],
      content: '{header:Twitch-Eventsub-Message-Id}{timestamp}{body}',
      timestamp: {
        header: 'Twitch-Eventsub-Message-Timestamp',
        unit: 'iso',
        toleranceSeconds: 600,
      },
    },
    eventType: ['json subscription.type'],
    deliveryId: ['header Twitch-Eventsub-Message-Id'],
    handshake: 'twitch-challenge',
    key: secretCalled('Subscription secret'),
    setUp: 'Create the subscription with {url} as callback and a secret of 10 to 100 characters.',
    known: 'documented',
  },
  {
    type: 'fitbit',
    name: 'Fitbit',
    scheme: {
      kind: 'signed',
      algorithm: 'hmac-sha1',
      encoding: 'base64',
      header: 'X-Fitbit-Signature',
      key: { template: '{secret}&' },
    },
    eventType: ['json [].collectionType'],
    deliveryId: ['hash body'],
    handshake: 'fitbit-code',
    reply: { status: 204, contentType: 'text/plain; charset=utf-8', body: '' },
    settings: [
      {
        name: 'verificationCode',
        label: 'Verification code',
        required: true,
        late: true,
        secret: true,
      },
    ],
    key: secretCalled('Client secret'),
    setUp: 'dev.fitbit.com → your app → Subscribers: {url}; paste the verification code it shows.',
    known: 'documented',
  },
  {
    type: 'google-health',
    name: 'Google Health',
    scheme: { kind: 'static', at: ['header Authorization'] },
    eventType: ['json type', 'json data.dataType'],
    deliveryId: ['hash body'],
    handshake: 'google-health',
    key: secretCalled('Authorization value of the subscriber'),
    setUp: 'Create the subscriber with {url} and an authorization secret; paste that secret here.',
    caveat: 'The secret proves the sender, not the content.',
    known: 'documented',
  },
  {
    type: 'alexa',
    name: 'Amazon Alexa',
    scheme: alexaScheme,
    eventType: ['json request.type'],
    deliveryId: ['json request.requestId'],
    refusalStatus: 400,
    settings: [{ name: 'applicationId', label: 'Skill id (amzn1.ask.skill.…)' }],
    key: { label: 'None: Amazon signs with its certificate', field: 'none' },
    setUp: 'Alexa developer console → your skill → Endpoint → HTTPS: {url}; paste the skill id.',
    known: 'documented',
  },
  {
    type: 'strava',
    name: 'Strava',
    scheme: { kind: 'unsigned' },
    eventType: ['json object_type + json aspect_type'],
    deliveryId: ['hash body'],
    handshake: 'hub-challenge-json',
    settings: hubSettings,
    key: { label: 'None: Strava does not sign', field: 'none' },
    setUp:
      'Create a push subscription through the API with {url} as callback_url and the verify token.',
    caveat: 'Strava signs nothing: whoever knows the URL can send.',
    known: 'documented',
  },
]
