import type { Evidence, VerifyInput } from '../evidence.ts'
import type { Provider } from '../provider.ts'
import { readWebhook } from '../received-webhook.ts'
import type { Refusal } from '../verification.ts'
import { verify } from '../verify.ts'
import {
  answerAdobeClientId,
  answerBraintreeChallenge,
  answerCloudEventsOptions,
  answerEmptyProbe,
  answerEventGridValidation,
  answerFitbitCode,
  answerGetChallenge,
  answerGetCheck,
  answerGraphValidation,
  answerHubChallenge,
  answerHubChallengeJson,
  answerOktaChallenge,
  answerXCrc,
} from './get-handshakes.ts'
import type { AnswerHandshake, Handshake, HandshakeResult } from './handshake.ts'
import {
  answerAsanaSecret,
  answerDailyTest,
  answerDiscordPing,
  answerFrontChallenge,
  answerGoogleHealth,
  answerLineCheck,
  answerNotionToken,
  answerPostChallenge,
  answerSlackChallenge,
  answerSnsConfirmation,
  answerTwitchChallenge,
  answerWooCommercePing,
  answerZoomValidation,
} from './post-handshakes.ts'

interface HandshakeRule {
  answer: AnswerHandshake
  /**
   * Signed like any other request, so it is verified before anything is said; `if-signed`: it comes
   * without a signature, too, but never with a wrong one.
   */
  verified?: true | 'if-signed'
  /** Answered while no secret is known yet. */
  early?: true
}

const rules: Record<Handshake, HandshakeRule> = {
  'hub-challenge': { answer: answerHubChallenge, early: true },
  'hub-challenge-json': { answer: answerHubChallengeJson, early: true },
  'fitbit-code': { answer: answerFitbitCode, early: true },
  'google-health': { answer: answerGoogleHealth, verified: true },
  'slack-challenge': { answer: answerSlackChallenge, verified: true },
  'zoom-validation': { answer: answerZoomValidation, verified: true },
  'discord-ping': { answer: answerDiscordPing, verified: true },
  'x-crc': { answer: answerXCrc },
  'get-challenge': { answer: answerGetChallenge },
  // The secret is shown there once this is answered.
  'nylas-challenge': { answer: answerGetChallenge, early: true },
  'get-check': { answer: answerGetCheck },
  'post-challenge': { answer: answerPostChallenge, verified: true },
  'front-challenge': { answer: answerFrontChallenge, verified: true },
  'woocommerce-ping': { answer: answerWooCommercePing, early: true },
  'line-check': { answer: answerLineCheck, verified: 'if-signed' },
  'daily-test': { answer: answerDailyTest, early: true },
  'asana-secret': { answer: answerAsanaSecret, early: true },
  'notion-token': { answer: answerNotionToken, early: true },
  'twitch-challenge': { answer: answerTwitchChallenge, verified: true },
  'okta-challenge': { answer: answerOktaChallenge },
  'event-grid-validation': { answer: answerEventGridValidation, verified: true },
  'cloudevents-options': { answer: answerCloudEventsOptions, early: true },
  'graph-validation': { answer: answerGraphValidation },
  'sns-confirmation': { answer: answerSnsConfirmation, verified: true },
  'braintree-challenge': { answer: answerBraintreeChallenge },
  'adobe-client-id': { answer: answerAdobeClientId },
  'empty-probe': { answer: answerEmptyProbe, early: true },
}

// None is larger, and a larger body isn't parsed before it is verified.
const maxBodyBytes = 64 * 1024

/**
 * Answers a request that only asks whether this URL wants the provider's webhooks; undefined for an
 * ordinary request. Ask it first: what it answers makes no message.
 */
export async function answerHandshake(
  provider: Provider,
  input: VerifyInput,
): Promise<HandshakeResult> {
  if (provider.handshake === undefined) return undefined
  if (input.rawBody.byteLength > maxBodyBytes) return undefined
  const evidence: Evidence = { ...input, webhook: readWebhook(input) }
  const { answer, verified, early } = rules[provider.handshake]
  const known = provider.key.field === 'none' || input.secrets.some((secret) => secret !== '')
  if (!known && !early && input.noVerification !== true) return undefined
  const answered = answer(evidence)
  if (answered === undefined || !verified) return answered
  const verification = await verify(provider, input)
  if (verification.outcome === 'refused')
    return isUnsigned(verification, verified) ? answered : refused(verification)
  return verification.outcome === 'verified' ? answered : withoutConfirmation(answered)
}

function isUnsigned({ reason }: Refusal, verified: HandshakeRule['verified']): boolean {
  return verified === 'if-signed' && reason === 'missing_signature'
}

function refused(refusal: Refusal): HandshakeResult {
  return { ...refusal, status: refusal.reason === 'key_unavailable' ? 503 : 401 }
}

/** Whoever isn't verified can't make us fetch a URL. */
function withoutConfirmation(answered: HandshakeResult): HandshakeResult {
  if (answered?.outcome !== 'answered') return answered
  const { confirm: _confirm, ...rest } = answered
  return rest
}
