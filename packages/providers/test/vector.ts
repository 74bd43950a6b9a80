import { readFileSync } from 'node:fs'
import { findProvider, type Provider, verify, type VerifyInput } from '../src/index.ts'

/** A request that a provider could send, as the scripts in ../scripts write it down. */
export interface Vector {
  type: string
  source: string
  method: string
  url: string
  headers: Record<string, string>
  body: string
  config: Record<string, string>
  secrets: string[]
  now: string
  /** The signature's own text, wherever it stands. */
  signature?: string
  /** The timestamp's text, where one is signed. */
  timestamp?: string
  /** A text in the body that the signature covers, where it doesn't cover all; empty for none. */
  covered?: string
  /** What is behind the URLs of keys. */
  fetched?: Record<string, string>
  trustedRoots?: string[]
  eventType?: string
  deliveryId?: string
}

export interface OriginVector extends Vector {
  origin: 'vendor' | 'computed'
}

const files = [
  { name: 'published', origin: 'vendor' },
  { name: 'by-libraries', origin: 'vendor' },
  { name: 'accepted-by-libraries', origin: 'computed' },
  { name: 'computed', origin: 'computed' },
  { name: 'computed-asymmetric', origin: 'computed' },
] as const

export const vectors: OriginVector[] = files.flatMap(({ name, origin }) => {
  return readVectors(name).map((vector) => ({ ...vector, origin }))
})

function readVectors(name: string): Vector[] {
  const text = readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8')
  const parsed: Vector[] = JSON.parse(text)
  return parsed
}

export function providerOf({ type }: Pick<Vector, 'type'>): Provider {
  const provider = findProvider(type)
  if (provider === null) throw new Error(`no provider ${type}`)
  return provider
}

export function inputOf(vector: Vector): VerifyInput {
  const { method, url, headers, body, config, secrets, fetched = {}, trustedRoots } = vector
  return {
    rawBody: Buffer.from(body),
    method,
    url,
    headers,
    config,
    secrets,
    now: new Date(vector.now),
    fetchKey: async (request) => fetched[request.url] ?? Promise.reject(new Error('not there')),
    ...(trustedRoots && { trustedRoots }),
  }
}

/** `verified`, `unverified`, or why it was refused. */
export async function outcomeOf(vector: Vector, changes: Partial<VerifyInput> = {}) {
  const verification = await verify(providerOf(vector), { ...inputOf(vector), ...changes })
  return verification.outcome === 'refused' ? verification.reason : verification.outcome
}

/** The same text with one character, the one nearest to its middle, changed to another of its kind. */
export function changed(text: string): string {
  const middle = Math.floor(text.length / 2)
  const ahead = text.slice(middle).search(/[0-9a-z]/i)
  const index = ahead >= 0 ? middle + ahead : Math.max(text.search(/[0-9a-z]/i), 0)
  return text.slice(0, index) + otherThan(text[index] ?? '') + text.slice(index + 1)
}

/** The vector with a text changed wherever it stands: headers, URL and body. */
export function withChanged(vector: Vector, text: string): Vector {
  const replace = (where: string) => where.replaceAll(text, changed(text))
  const headers = Object.entries(vector.headers).map(([name, value]) => [name, replace(value)])
  return {
    ...vector,
    url: replace(vector.url),
    body: replace(vector.body),
    headers: Object.fromEntries(headers),
  }
}

function otherThan(character: string): string {
  if (/\d/.test(character)) return character === '1' ? '2' : '1'
  return character.toLowerCase() === 'b' ? 'c' : 'b'
}
