// What the scripts that make test vectors share: how a vector is written down, and nothing of how
// anything is verified. Not one line here or in them comes from ../src.
import { createHash, createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'

export const now = new Date('2026-11-26T12:00:00.000Z')
export const seconds = String(now.getTime() / 1000)
export const millis = String(now.getTime())
export const iso = '2026-11-26T12:00:00Z'
export const url = 'https://hooks.example.com/in/abc'

export function mac([algorithm, key], data, encoding) {
  return createHmac(algorithm, key).update(data).digest(encoding)
}

export function hash(algorithm, data, encoding) {
  return createHash(algorithm).update(data).digest(encoding)
}

/** A vector as it is stored; `signature` and `timestamp` are the texts that tests change. */
export function vector(type, parts) {
  const given = Object.entries(parts).filter(([, part]) => part !== undefined)
  const { source, secret, expect = [], ...rest } = Object.fromEntries(given)
  const [eventType, deliveryId] = expect
  return {
    type,
    source,
    method: 'POST',
    url,
    headers: {},
    body: '',
    config: {},
    secrets: secret === undefined ? [] : [secret],
    ...rest,
    now: (parts.now ?? now).toISOString(),
    eventType,
    deliveryId,
  }
}

export function writeVectors(name, vectors) {
  const file = new URL(`../test/vectors/${name}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`)
}
