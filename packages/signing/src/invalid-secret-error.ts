/** A secret that can't sign. The message is fit to show and never repeats the secret. */
export class InvalidSecretError extends Error {
  override name = 'InvalidSecretError'
  readonly code = 'invalid_secret'
}
