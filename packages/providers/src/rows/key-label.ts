import type { KeyLabel } from '../provider.ts'

export function secretCalled(label: string): KeyLabel {
  return { label, field: 'secret' }
}

export function publicKeyCalled(label: string): KeyLabel {
  return { label, field: 'publicKey' }
}
