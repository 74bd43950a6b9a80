export { checkSettings, type SettingProblem, type SourceSettings } from './check-settings.ts'
export type { Config } from './config.ts'
export { isUnsigned } from './configured-scheme.ts'
export { isConfigurablePlace } from './configured-places.ts'
export { describeScheme } from './describe-scheme.ts'
export type { FetchKey, KeyRequest, VerifyInput } from './evidence.ts'
export { answerHandshake } from './handshake/answer-handshake.ts'
export type {
  Handshake,
  HandshakeAnswer,
  HandshakeRefusal,
  HandshakeResult,
} from './handshake/handshake.ts'
export type { Place } from './place.ts'
export type { KeyLabel, Provider, Reply, Setting } from './provider.ts'
export { findProvider, providers } from './providers.ts'
export type { ReceivedWebhook } from './received-webhook.ts'
export {
  type Acceptance,
  type Refusal,
  type RefusalReason,
  refusalReasons,
  type Verification,
} from './verification.ts'
export { hasGuide, learnsSecret, setUpOf } from './set-up/set-up-of.ts'
export type { SetUpAction, SetUpStep } from './set-up/set-up-step.ts'
export { vendorDocument } from './set-up/vendor-documents.ts'
export { refusalAnswer } from './refusal-answer.ts'
export { secretPlaces } from './secret-places.ts'
export { verify } from './verify.ts'
