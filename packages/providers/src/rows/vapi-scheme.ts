import { setting } from '../config.ts'
import type { Setting } from '../provider.ts'
import type { ConfiguredScheme } from '../scheme.ts'
import type { SignedScheme } from '../signed/signed-scheme.ts'
import { refuse } from '../verification.ts'
import { proofSetting, signedOrSecret } from './signed-or-secret.ts'

const overBody: SignedScheme = { kind: 'signed', header: 'X-Vapi-Signature' }
const proofs = signedOrSecret(overBody, { kind: 'static', at: ['header X-Vapi-Secret'] })

// A credential that nobody changed at Vapi signs so. Which unit its time has isn't published: its owner
// says it, nothing is guessed.
const overTime = { s: timed('s'), ms: timed('ms') }
const unitSetting: Setting = {
  name: 'timestampUnit',
  label: 'Unit of x-timestamp, where the credential signs it too: then only x-signature counts',
  choices: ['s', 'ms'],
}

export const vapiSettings: readonly Setting[] = [proofSetting, unitSetting]

export const vapiScheme: ConfiguredScheme = {
  ...proofs,
  describe: `${proofs.describe}; with timestampUnit, X-Signature, hmac-sha256 hex over {timestamp}.{body}, time in X-Timestamp ±300 s`,
  choose(config) {
    const chosen = proofs.choose(config)
    const unit = setting(config, unitSetting.name)
    if (chosen !== overBody || unit === undefined) return chosen
    if (unit === 's' || unit === 'ms') return overTime[unit]
    return refuse('bad_configuration', 'timestampUnit is s or ms.')
  },
}

function timed(unit: 's' | 'ms'): SignedScheme {
  const timestamp = { header: 'X-Timestamp', unit, toleranceSeconds: 300 }
  return { kind: 'signed', header: 'X-Signature', content: '{timestamp}.{body}', timestamp }
}
