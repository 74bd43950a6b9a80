import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Config, setting } from '../config.ts'
import { decodeBytes } from '../encoded-bytes.ts'
import type { KeyForm } from './signed-scheme.ts'

/** The secret's bytes for HMAC; undefined when it isn't for this scheme or isn't of its form. */
export function secretBytes(secret: string, form: KeyForm, config: Config): Buffer | undefined {
  const text = keyText(secret, form)
  if (text === undefined || text === '') return undefined
  const encoding = form.form ?? 'utf8'
  if (encoding === 'pem') return undefined
  const bytes = encoding === 'utf8' ? Buffer.from(text) : decodeBytes(text, encoding)
  if (bytes === undefined || bytes.length === 0) return undefined
  return form.template === undefined ? bytes : filled(form.template, text, config)
}

/** A public key from PEM, base64 SPKI, or the 32 raw bytes of an ed25519 key. */
export function publicKeyOf(secret: string, form: KeyForm): KeyObject | undefined {
  const text = keyText(secret, form)
  if (text === undefined || text === '') return undefined
  try {
    return form.form === undefined || form.form === 'pem'
      ? fromPem(text)
      : rawEd25519(text, form.form)
  } catch {
    return undefined
  }
}

function keyText(secret: string, { prefix, only, not, normalise }: KeyForm): string | undefined {
  if (not !== undefined && secret.startsWith(not)) return undefined
  const prefixed = prefix !== undefined && secret.startsWith(prefix)
  if (only && !prefixed) return undefined
  const bare = prefixed ? secret.slice(prefix.length) : secret
  return normalise === undefined ? bare : bare.normalize(normalise)
}

function filled(template: string, secret: string, config: Config): Buffer | undefined {
  let complete = true
  const text = template.replace(/\{([a-zA-Z]+)\}/g, (_all, name: string) => {
    const value = name === 'secret' ? secret : setting(config, name)
    complete &&= value !== undefined
    return value ?? ''
  })
  return complete ? Buffer.from(text) : undefined
}

function fromPem(text: string): KeyObject {
  if (text.includes('-----BEGIN')) return createPublicKey(text.replaceAll('\\n', '\n'))
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
}

function rawEd25519(text: string, form: 'utf8' | 'hex' | 'base64' | 'base64url') {
  const raw = form === 'utf8' ? undefined : decodeBytes(text, form)
  if (raw?.length !== 32) return undefined
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  return createPublicKey({ key: jwk, format: 'jwk' })
}
