import type { Place } from './place.ts'
import { remembered } from './remembered.ts'
import type { Scheme } from './scheme.ts'

const answersOf = new WeakMap<Scheme, (place: string) => boolean>()

/** Whether a signature of that scheme covers what stands at that place. */
export function isSignedPlace(place: Place, scheme: Scheme): boolean {
  const known = answersOf.get(scheme)
  if (known !== undefined) return known(place)
  const answer = remembered((text) => text.split(' + ').every((part) => isSignedPart(part, scheme)))
  answersOf.set(scheme, answer)
  return answer(place)
}

function isSignedPart(part: string, scheme: Scheme): boolean {
  if (scheme.kind === 'signed') return isInContent(part, scheme.content ?? '{body}')
  if (scheme.kind === 'certificate') return isOneOf(part, scheme.signs)
  if (scheme.kind === 'special') {
    if (scheme.signs === 'url and body') return isInContent(part, '{url}{body}')
    return scheme.signs === 'body' ? isInContent(part, '{body}') : isOneOf(part, scheme.signs)
  }
  if (scheme.kind === 'token') {
    return part.startsWith('claim ') || (scheme.hashes !== undefined && isInContent(part, '{body}'))
  }
  return scheme.kind === 'any' && scheme.schemes.every((one) => isSignedPart(part, one))
}

function isOneOf(part: string, places: readonly string[]): boolean {
  return places.includes(part)
}

const BODY = /\{(?:body|field-or-body:[^}]*)\}/

function isInContent(part: string, content: string): boolean {
  if (part.startsWith('header ')) {
    return content.toLowerCase().includes(`{header:${part.slice('header '.length).toLowerCase()}}`)
  }
  return part.startsWith('query ') ? content.includes('{url}') : BODY.test(content)
}
