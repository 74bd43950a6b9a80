import { setting } from '../config.ts'
import { describeScheme } from '../describe-scheme.ts'
import type { Setting } from '../provider.ts'
import type { ConfiguredScheme } from '../scheme.ts'
import type { SignedScheme } from '../signed/signed-scheme.ts'
import type { SecretPlaceScheme } from '../static/static-scheme.ts'
import { refuse } from '../verification.ts'

export const proofSetting: Setting = {
  name: 'proof',
  label: 'What comes along: a signature, or the secret itself',
  choices: ['signature', 'secret'],
}

/** Senders that sign or send the secret itself, as was chosen there: never whichever a request has. */
export function signedOrSecret(signed: SignedScheme, secret: SecretPlaceScheme): ConfiguredScheme {
  return {
    kind: 'configured',
    describe: `${describeScheme(signed)}; with proof secret, ${describeScheme(secret)}`,
    secretAt: secret.at,
    choose(config) {
      switch (setting(config, proofSetting.name)) {
        case undefined:
        case 'signature':
          return signed
        case 'secret':
          return secret
        default:
          return refuse('bad_configuration', 'proof is signature or secret.')
      }
    },
  }
}

export const secretCaveat =
  'Where the secret itself comes along, it proves the sender, not the content.'
