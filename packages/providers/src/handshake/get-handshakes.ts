import { createHmac } from 'node:crypto'
import { setting } from '../config.ts'
import { sameText } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { isRecord } from '../place.ts'
import { braintreeKey } from '../special/braintree.ts'
import {
  answerEmpty,
  answerJson,
  answerText,
  echo,
  type HandshakeAnswer,
  type HandshakeResult,
  refuseHandshake,
} from './handshake.ts'

/** WebSub's form: the challenge for the right verify token, else 403. */
export function answerHubChallenge(evidence: Evidence): HandshakeResult {
  return hubChallenge(evidence, answerText)
}

export function answerHubChallengeJson(evidence: Evidence): HandshakeResult {
  return hubChallenge(evidence, (challenge) => answerJson({ 'hub.challenge': challenge }))
}

function hubChallenge(
  { webhook, config }: Evidence,
  answer: (challenge: string) => HandshakeAnswer,
): HandshakeResult {
  const query = webhook.query()
  if (webhook.method !== 'GET' || !query.has('hub.mode')) return undefined
  const expected = setting(config, 'verifyToken')
  const matches = expected !== undefined && sameText(query.get('hub.verify_token') ?? '', expected)
  if (query.get('hub.mode') !== 'subscribe' || !matches) {
    return refuseHandshake(403, 'hub.verify_token is not the configured one.')
  }
  return echo(query.get('hub.challenge') ?? '', answer)
}

/** Fitbit asks twice, once with a wrong code: 204 for the right one, else 404. */
export function answerFitbitCode({ webhook, config }: Evidence): HandshakeResult {
  const code = webhook.query().get('verify')
  if (webhook.method !== 'GET' || code === null) return undefined
  const expected = setting(config, 'verificationCode')
  if (expected !== undefined && sameText(code, expected)) return answerEmpty(204)
  return refuseHandshake(404, 'verify is not the configured code.')
}

// Nothing that can be signed as a webhook (JSON, or with a colon) has this form.
const crcToken = /^[A-Za-z0-9+/=_.-]{1,256}$/

export function answerXCrc({ webhook, secrets }: Evidence): HandshakeResult {
  const token = webhook.query().get('crc_token')
  if (webhook.method !== 'GET' || token === null) return undefined
  const secret = secrets.find((one) => one !== '')
  if (secret === undefined) return refuseHandshake(404, 'No consumer secret is configured.')
  if (!crcToken.test(token)) return refuseHandshake(400, 'crc_token has an unexpected form.')
  const digest = createHmac('sha256', secret).update(token).digest('base64')
  return answerJson({ response_token: `sha256=${digest}` })
}

export function answerGetChallenge({ webhook }: Evidence): HandshakeResult {
  const challenge = webhook.query().get('challenge')
  if (webhook.method !== 'GET' || challenge === null) return undefined
  return echo(challenge, answerText)
}

export function answerGetCheck({ webhook }: Evidence): HandshakeResult {
  const check = webhook.query().get('check')
  if (webhook.method !== 'GET' || check === null) return undefined
  return echo(check, answerText)
}

export function answerOktaChallenge({ webhook }: Evidence): HandshakeResult {
  const challenge = webhook.header('X-Okta-Verification-Challenge')
  if (webhook.method !== 'GET' || challenge === undefined) return undefined
  return echo(challenge, (text) => answerJson({ verification: text }))
}

export function answerBraintreeChallenge({ webhook, config, secrets }: Evidence): HandshakeResult {
  const challenge = webhook.query().get('bt_challenge')
  if (webhook.method !== 'GET' || challenge === null) return undefined
  const [publicKey, secret] = [setting(config, 'publicKey'), secrets.find((one) => one !== '')]
  if (publicKey === undefined || secret === undefined) {
    return refuseHandshake(404, 'No key is configured.')
  }
  if (!/^[a-f0-9]{20,32}$/.test(challenge)) {
    return refuseHandshake(400, 'bt_challenge has an unexpected form.')
  }
  const digest = createHmac('sha1', braintreeKey(secret)).update(challenge).digest('hex')
  return answerText(`${publicKey}|${digest}`)
}

/** Adobe asks with the client id, and wants it back before it sends anything. */
export function answerAdobeClientId({ webhook, secrets }: Evidence): HandshakeResult {
  if (webhook.method !== 'GET') return undefined
  const clientId = webhook.header('X-AdobeSign-ClientId') ?? ''
  const known = secrets.filter((secret) => secret !== '').some((one) => sameText(one, clientId))
  return known
    ? echo(clientId, (text) => answerJson({ xAdobeSignClientId: text }))
    : refuseHandshake(403, 'X-AdobeSign-ClientId is not the configured one.')
}

/** Some look whether anybody is there before a key exists. */
export function answerEmptyProbe({ webhook }: Evidence): HandshakeResult {
  const probes = webhook.method === 'HEAD' || webhook.method === 'GET'
  return probes ? answerEmpty(200) : undefined
}

/** CloudEvents 1.0, abuse protection: the sender names itself and is let in, at any rate. */
export function answerCloudEventsOptions({ webhook, config }: Evidence): HandshakeResult {
  if (webhook.method !== 'OPTIONS') return undefined
  const origin = webhook.header('WebHook-Request-Origin')
  if (origin === undefined || !/^[\x21-\x7e]{1,253}$/.test(origin)) {
    return refuseHandshake(400, 'WebHook-Request-Origin is missing.')
  }
  const allowed = setting(config, 'allowedOrigin')
  if (allowed !== undefined && allowed !== '*' && allowed !== origin) {
    return refuseHandshake(403, 'WebHook-Request-Origin is not the configured one.')
  }
  return answerEmpty(200, {
    'webhook-allowed-origin': origin,
    'webhook-allowed-rate': '*',
    allow: 'POST, OPTIONS',
  })
}

/** Graph sends the token in the query of a POST, and wants it back within ten seconds. */
export function answerGraphValidation({ webhook }: Evidence): HandshakeResult {
  const token = webhook.query().get('validationToken')
  return token === null ? undefined : echo(token, answerText)
}

/** Event Grid sends one event whose code it wants back; never by way of its validationUrl. */
export function answerEventGridValidation({ webhook }: Evidence): HandshakeResult {
  if (webhook.header('aeg-event-type') !== 'SubscriptionValidation') return undefined
  const json = webhook.json()
  const event: unknown = Array.isArray(json) ? json[0] : json
  const data = isRecord(event) ? event.data : undefined
  const code = isRecord(data) ? data.validationCode : undefined
  if (typeof code !== 'string') return refuseHandshake(400, 'data.validationCode is missing.')
  return echo(code, (text) => answerJson({ validationResponse: text }))
}
