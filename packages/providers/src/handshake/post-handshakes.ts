import { createHmac } from 'node:crypto'
import { snsHosts } from '../certificate/sns-hosts.ts'
import { sameText } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { pinnedUrl } from '../pinned-url.ts'
import { readValues, valuesAt } from '../place.ts'
import { isForm } from '../special/form-content.ts'
import {
  answerEmpty,
  answerJson,
  answerText,
  echo,
  type HandshakeResult,
  refuseHandshake,
} from './handshake.ts'

export function answerSlackChallenge(evidence: Evidence): HandshakeResult {
  const { webhook } = evidence
  if (isForm(webhook) && webhook.form().get('ssl_check') === '1') return answerEmpty(200)
  if (jsonText('type', evidence) !== 'url_verification') return undefined
  const challenge = jsonText('challenge', evidence) ?? ''
  return echo(challenge, (text) => answerJson({ challenge: text }))
}

// What Zoom signs has colons (v0:time:body), so no answer here can pass for a signature.
const zoomToken = /^[A-Za-z0-9+/=_-]{1,128}$/

export function answerZoomValidation(evidence: Evidence): HandshakeResult {
  if (jsonText('event', evidence) !== 'endpoint.url_validation') return undefined
  const plainToken = jsonText('payload.plainToken', evidence) ?? ''
  if (!zoomToken.test(plainToken)) return refuseHandshake(400, 'plainToken has an unexpected form.')
  const [secret] = evidence.secrets.filter((one) => one !== '')
  if (secret === undefined) return refuseHandshake(404, 'No secret token is configured.')
  const encryptedToken = createHmac('sha256', secret).update(plainToken).digest('hex')
  return answerJson({ plainToken, encryptedToken })
}

export function answerDiscordPing(evidence: Evidence): HandshakeResult {
  const type = jsonText('type', evidence)
  const isEvent = jsonText('application_id', evidence) !== undefined
  // Interactions ping with 1; webhook events ping with 0 and carry their version.
  if (type === '0' && isEvent) return { ...answerText(''), status: 204 }
  return type === '1' && jsonText('event.type', evidence) === undefined
    ? answerJson({ type: 1 })
    : undefined
}

export function answerTwitchChallenge(evidence: Evidence): HandshakeResult {
  const type = evidence.webhook.header('Twitch-Eventsub-Message-Type')
  if (type !== 'webhook_callback_verification') return undefined
  return echo(jsonText('challenge', evidence) ?? '', answerText)
}

export function answerPostChallenge(evidence: Evidence): HandshakeResult {
  const { webhook } = evidence
  const challenge = webhook.method === 'POST' ? jsonText('challenge', evidence) : undefined
  if (challenge === undefined) return undefined
  return echo(challenge, (text) => answerJson({ challenge: text }))
}

/** Front sends it, signed, whenever the webhook's configuration is saved there. */
export function answerFrontChallenge({ webhook }: Evidence): HandshakeResult {
  const challenge = webhook.header('X-Front-Challenge')
  if (challenge === undefined) return undefined
  return echo(challenge, (text) => answerJson({ challenge: text }))
}

/** Sent unsigned when the webhook is made; anything but 200 counts as an error there. */
export function answerWooCommercePing({ webhook }: Evidence): HandshakeResult {
  const isPing = webhook.method === 'POST' && /^webhook_id=\d{1,20}$/.test(webhook.body.toString())
  return isPing ? answerEmpty(200) : undefined
}

/** What *Verify* in LINE's console sends, signed or not: a delivery of nothing, so that nothing is to be kept. */
export function answerLineCheck({ webhook }: Evidence): HandshakeResult {
  if (webhook.method !== 'POST') return undefined
  const [events] = valuesAt('events', webhook.json())
  return Array.isArray(events) && events.length === 0 ? answerEmpty(200) : undefined
}

const dailyTest = /^\{\s{0,9}"test"\s{0,9}:\s{0,9}"test"\s{0,9}\}$/

/** Daily makes no webhook unless this is answered by 200, and tells the secret that signs it only then. */
export function answerDailyTest({ webhook }: Evidence): HandshakeResult {
  const isTest = webhook.method === 'POST' && dailyTest.test(webhook.body.toString().trim())
  return isTest ? answerEmpty(200) : undefined
}

/** Google asks twice, once without its secret, and expects that to fail. */
export function answerGoogleHealth(evidence: Evidence): HandshakeResult {
  return jsonText('type', evidence) === 'verification' ? answerEmpty(201) : undefined
}

/** The subscription begins when the URL is fetched: by the caller, who guards its requests. */
export function answerSnsConfirmation(evidence: Evidence): HandshakeResult {
  if (jsonText('Type', evidence) !== 'SubscriptionConfirmation') return undefined
  const url = pinnedUrl(jsonText('SubscribeURL', evidence) ?? '', { hosts: snsHosts })
  if (url === undefined) return refuseHandshake(403, 'SubscribeURL is not on an SNS host.')
  return { ...answerEmpty(200), confirm: { url, hosts: snsHosts } }
}

/** Asana brings the secret itself, once; it is taken only while the source has none. */
export function answerAsanaSecret({ webhook, secrets }: Evidence): HandshakeResult {
  const secret = webhook.header('X-Hook-Secret')
  if (secret === undefined) return undefined
  const stored = secrets.filter((one) => one !== '')
  if (stored.length > 0 && !stored.some((one) => sameText(one, secret))) {
    return refuseHandshake(403, 'This source has a secret already.')
  }
  if (!/^[\x21-\x7e]{16,512}$/.test(secret)) {
    return refuseHandshake(400, 'X-Hook-Secret has an unexpected form.')
  }
  return { ...answerEmpty(200, { 'x-hook-secret': secret }), learnedSecret: secret }
}

/** Notion brings its token, again when asked to, for the operator to enter there. */
export function answerNotionToken(evidence: Evidence): HandshakeResult {
  const token = jsonText('verification_token', evidence)
  if (token === undefined) return undefined
  const stored = evidence.secrets.filter((one) => one !== '')
  if (stored.length > 0 && !stored.some((one) => sameText(one, token))) {
    return refuseHandshake(403, 'This source has a secret already.')
  }
  if (!/^[\x21-\x7e]{16,512}$/.test(token)) {
    return refuseHandshake(400, 'verification_token has an unexpected form.')
  }
  // Whoever brings a token can sign with it: without a signature no less is proven.
  const given = evidence.webhook.header('X-Notion-Signature')
  const digest = createHmac('sha256', token).update(evidence.webhook.body).digest('hex')
  if (given !== undefined && !sameText(given, `sha256=${digest}`)) {
    return refuseHandshake(401, 'The token is not signed with itself.')
  }
  return { ...answerEmpty(200), learnedSecret: token }
}

function jsonText(path: string, evidence: Evidence): string | undefined {
  return readValues(`json ${path}`, evidence)[0]
}
