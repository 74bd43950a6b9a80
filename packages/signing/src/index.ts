export { InvalidSecretError } from './invalid-secret-error.ts'
export {
  generateSecret,
  parseSecret,
  parseVerifyingKey,
  presentSecret,
  type SecretKind,
  type SigningKey,
  type VerifyingKey,
} from './secret.ts'
export { signWebhook, type WebhookToSign } from './sign-webhook.ts'
export { type Verification, verifyWebhook, type WebhookToVerify } from './verify-webhook.ts'
