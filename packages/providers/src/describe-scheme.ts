import type { Scheme } from './scheme.ts'
import { formOf } from './signed/header-items.ts'
import type { SignedScheme } from './signed/signed-scheme.ts'
import type { SecretPlaceScheme } from './static/static-scheme.ts'
import type { TokenScheme } from './token/token-scheme.ts'

const plainWords = {
  basic: 'HTTP Basic',
  unknown: 'not published: refuses everything',
  unsigned: 'nothing is signed',
  silent: 'receives nothing',
}

/** A scheme in one line, for documents and pages. */
export function describeScheme(scheme: Scheme): string {
  switch (scheme.kind) {
    case 'signed':
      return describeSigned(scheme)
    case 'token':
      return describeToken(scheme)
    case 'static':
      return describeStatic(scheme)
    case 'any':
      return scheme.schemes.map(describeScheme).join('; or ')
    case 'certificate':
    case 'special':
    case 'configured':
      return scheme.describe
    case 'basic':
    case 'unknown':
    case 'unsigned':
    case 'silent':
      return plainWords[scheme.kind]
  }
}

function describeStatic({ at, prefix }: SecretPlaceScheme): string {
  const after = prefix === undefined ? '' : `, after “${prefix.trim()}”`
  return `${at.join(' or ')} equals the secret${after}`
}

function describeSigned(scheme: SignedScheme): string {
  const where = scheme.query === undefined ? headerOf(scheme) : `query ${scheme.query}`
  const how = [scheme.algorithm ?? 'hmac-sha256', scheme.encoding ?? 'hex'].join(' ')
  const key = scheme.key?.template ?? scheme.key?.form
  const time = scheme.timestamp
  return [
    `${where}: ${formOf(scheme)}`,
    `${how} over ${scheme.content ?? '{body}'}`,
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(time === undefined ? [] : [`time in ${time.unit} ±${time.toleranceSeconds} s`]),
  ].join(', ')
}

function headerOf({ header }: SignedScheme): string {
  if (typeof header === 'string') return header
  return header.length > 2 ? `${header[0]} … ${header.at(-1)}` : header.join(' or ')
}

function describeToken(scheme: TokenScheme): string {
  const hashes = (scheme.hashes ?? []).map((hash) => `${hash.claim} is the hash of the ${hash.of}`)
  const algorithms = scheme.algorithms.join(' ')
  return [`${scheme.header}: JWT ${algorithms}`, ...hashes].join(', ')
}
