import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { settingReader } from '@posthorn/runtime'

/**
 * Encrypts secrets, header values and stored answers at rest: AES-256-GCM.
 * Layout: version (1) · key id (4) · nonce (12) · tag (16) · ciphertext. The key id is the first four
 * bytes of the key's SHA-256, so keys rotate: the first one given writes, all of them read.
 */
export interface Vault {
  /** Of the key that writes: bytes 2 to 5 of what it sealed. */
  readonly writerId: Uint8Array
  seal(text: string): Uint8Array<ArrayBuffer>
  /** @throws {VaultKeyMissingError} when none of the keys wrote it. */
  open(sealed: Uint8Array): string
}

export class VaultKeyMissingError extends Error {
  override name = 'VaultKeyMissingError'
}

const VERSION = 1
const KEY_ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCE_AT = 1 + KEY_ID_BYTES
const TAG_AT = NONCE_AT + NONCE_BYTES
const TEXT_AT = TAG_AT + TAG_BYTES
export const VAULT_KEY_BYTES = 32

/** Keys as they stand in the environment: base64, joined by commas. Null when one isn't 32 bytes. */
export function readVaultKeys(text: string): [Uint8Array, ...Uint8Array[]] | null {
  const [first, ...rest] = text.split(',').map((part) => Buffer.from(part.trim(), 'base64'))
  const isWhole = (key: Buffer): boolean => key.length === VAULT_KEY_BYTES
  return first !== undefined && [first, ...rest].every(isWhole) ? [first, ...rest] : null
}

export const vaultKeysSetting = settingReader(
  readVaultKeys,
  `each key must be ${VAULT_KEY_BYTES} bytes in base64`,
)

/** @param keys 32 bytes each; the first writes, all read. */
export function createVault(keys: readonly [Uint8Array, ...Uint8Array[]]): Vault {
  const [writer] = keys
  const byId = new Map(keys.map((key) => [keyId(key).toString('hex'), key]))
  const writerId = keyId(writer)
  return {
    writerId,
    seal: (text) => seal(writer, writerId, text),
    open: (sealed) => open(byId, sealed),
  }
}

function keyId(key: Uint8Array): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES)
}

function seal(key: Uint8Array, id: Buffer, text: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.of(VERSION), id, nonce, cipher.getAuthTag(), body]))
}

function open(keys: ReadonlyMap<string, Uint8Array>, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const key = keys.get(bytes.subarray(1, NONCE_AT).toString('hex'))
  if (bytes[0] !== VERSION || key === undefined) {
    throw new VaultKeyMissingError(
      'No encryption key at hand wrote this value: check POSTHORN_ENCRYPTION_KEYS.',
    )
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(NONCE_AT, TAG_AT))
  decipher.setAuthTag(bytes.subarray(TAG_AT, TEXT_AT))
  return decipher.update(bytes.subarray(TEXT_AT), undefined, 'utf8') + decipher.final('utf8')
}
