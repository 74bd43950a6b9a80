import { generateSecret, InvalidSecretError, parseSecret } from '@posthorn/signing'
import { InvalidInputError } from '../errors.ts'

/** The given secret if it can sign, or a generated one. */
export function chooseSecret(given: string | null, path: readonly string[]): string {
  if (given === null) return generateSecret()
  try {
    parseSecret(given)
    return given
  } catch (err) {
    if (!(err instanceof InvalidSecretError)) throw err
    throw new InvalidInputError([{ path, message: err.message }])
  }
}
