import { describe, expect, test } from 'vitest'
import { type Provider, providers, verify } from '../src/index.ts'
import type { Scheme } from '../src/scheme.ts'
import {
  changed,
  inputOf,
  type OriginVector,
  outcomeOf,
  providerOf,
  vectors,
  withChanged,
} from './vector.ts'

const cases = vectors.map((vector, index): [string, OriginVector] => {
  return [`${vector.type}, ${vector.origin} (${vector.source}) #${index}`, vector]
})
const signed = cases.filter(([, vector]) => !isStatic(vector))
const withKey = cases.filter(([, { secrets }]) => secrets.length > 0)
const timed = cases.filter(([, { timestamp }]) => timestamp !== undefined)

function isStatic(vector: OriginVector): boolean {
  const kinds = formsOf(chosenScheme(vector)).map(({ kind }) => kind)
  return kinds.every((kind) => kind === 'static' || kind === 'basic')
}

function chosenScheme(vector: OriginVector): Scheme {
  const { scheme } = providerOf(vector)
  const chosen = scheme.kind === 'configured' ? scheme.choose(vector.config) : scheme
  if ('outcome' in chosen) throw new Error(`${vector.type}: ${chosen.detail}`)
  return chosen
}

function formsOf(scheme: Scheme): Scheme[] {
  return scheme.kind === 'any' ? scheme.schemes.flatMap(formsOf) : [scheme]
}

function headersOf(form: Scheme): string[] {
  const places = form.kind === 'static' ? form.at : []
  const named = places.flatMap((place) => /^header (.+)$/.exec(place)?.[1] ?? [])
  const signed = form.kind === 'signed' && form.query === undefined ? [form.header].flat() : []
  return [...named, ...signed].map((name) => name.toLowerCase())
}

function isKnown({ scheme }: Provider): boolean {
  return !['unknown', 'unsigned', 'silent'].includes(scheme.kind)
}

test('every provider with a known scheme has a vector, and 57 have one of the vendor', () => {
  const covered = new Set(vectors.map(({ type }) => type))
  const missing = providers.filter((provider) => isKnown(provider) && !covered.has(provider.type))
  expect(missing.map(({ type }) => type)).toEqual([])
  const byVendor = new Set(vectors.filter(({ origin }) => origin === 'vendor').map((v) => v.type))
  expect(byVendor.size).toBeGreaterThanOrEqual(57)
  // Of those that send through Svix it is Svix's own library that signs.
  const throughSvix = vectors.filter(
    ({ type, source }) => type !== 'svix' && /by svix/.test(source),
  )
  for (const { type } of throughSvix) byVendor.delete(type)
  expect(byVendor.size).toBeGreaterThanOrEqual(39)
})

test('every header that a row takes a signature or secret from is in a vector of its scheme', () => {
  const taken = vectors.flatMap((vector) => {
    const names = new Set(Object.keys(vector.headers).map((name) => name.toLowerCase()))
    return formsOf(chosenScheme(vector)).map((form) => ({ form, names }))
  })
  const missing = taken.flatMap(({ form }) => {
    const held = taken.filter((other) => other.form === form)
    return headersOf(form).filter((name) => !held.some(({ names }) => names.has(name)))
  })
  // Ten of one kind: with the first there is the second.
  expect([...new Set(missing)].filter((name) => !name.startsWith('x-docusign-'))).toEqual([])
})

describe('a request as the provider sends it', () => {
  test.each(cases)('passes: %s', async (_name, vector) => {
    const verification = await verify(providerOf(vector), inputOf(vector))
    expect(verification).toMatchObject({ outcome: 'verified' })
    const { eventType, deliveryId } = {
      eventType: undefined,
      deliveryId: undefined,
      ...verification,
    }
    if (vector.eventType !== undefined) expect(eventType).toBe(vector.eventType)
    if (vector.deliveryId !== undefined) expect(deliveryId).toBe(vector.deliveryId)
  })
})

describe('one changed byte is refused', () => {
  const withBody = signed.filter(([, { body, covered }]) => body !== '' && covered !== '')
  test.each(withBody)('in the body: %s', async (_name, vector) => {
    const { body, covered } = vector
    const text = covered ?? body
    expect(body).toContain(text)
    const outcome = await outcomeOf({ ...vector, body: body.replace(text, changed(text)) })
    expect(outcome).not.toBe('verified')
  })

  test.each(cases)('in the signature or secret that comes along: %s', async (_name, vector) => {
    const { signature = '' } = vector
    const altered = withChanged(vector, signature)
    expect(altered).not.toEqual(vector)
    expect(await outcomeOf(altered)).not.toBe('verified')
  })

  const withOwnKey = withKey.filter(([, { fetched }]) => fetched === undefined)
  test.each(withOwnKey)('in the key: %s', async (_name, vector) => {
    const outcome = await outcomeOf({ ...vector, secrets: vector.secrets.map(changed) })
    expect(outcome).not.toBe('verified')
  })

  const withFetched = cases.filter(([, { fetched }]) => fetched !== undefined)
  test.each(withFetched)('in the key that is fetched: %s', async (_name, vector) => {
    const entries = Object.entries(vector.fetched ?? {})
    const fetched = Object.fromEntries(entries.map(([url, text]) => [url, changed(text)]))
    expect(await outcomeOf({ ...vector, fetched })).not.toBe('verified')
  })

  test.each(timed)('in the timestamp: %s', async (_name, vector) => {
    const altered = withChanged(vector, vector.timestamp ?? '')
    expect(altered).not.toEqual(vector)
    expect(await outcomeOf(altered)).not.toBe('verified')
  })
})

describe('time', () => {
  const day = 24 * 3600_000
  /** Seconds behind and ahead where the vendor names others than five minutes, or repeats without signing anew. */
  const named: Readonly<Record<string, readonly [behind: number, ahead: number]>> = {
    alexa: [150, 150],
    'aws-sns': [3_900, 300],
    box: [600, 600],
    contentful: [30, 30],
    'dropbox-sign': [262_800, 300],
    elevenlabs: [1_800, 1_800],
    linear: [60, 60],
    mailgun: [32_400, 300],
    'orum-io': [43_200, 43_200],
    paypal: [262_800, 300],
    twitch: [600, 600],
    workos: [180, 180],
  }
  const at = (vector: OriginVector, apartMs: number) => {
    return outcomeOf(vector, { now: new Date(new Date(vector.now).getTime() + apartMs) })
  }

  test.each(timed)('passes up to its tolerance and no second on: %s', async (_name, vector) => {
    const [behind, ahead] = named[vector.type] ?? [300, 300]
    // Whole seconds count, and a vector's time may have a fraction of one.
    expect(await at(vector, behind * 1_000)).toBe('verified')
    expect(await at(vector, (behind + 2) * 1_000 - 1)).toBe('timestamp_too_old')
    expect(await at(vector, (1 - ahead) * 1_000)).toBe('verified')
    expect(await at(vector, (-ahead - 1) * 1_000)).toBe('timestamp_too_new')
  })

  // Netlify's have no time, and those that LiveKit's library makes are good for a hundred years.
  const tokens = cases.filter(([, vector]) => {
    const isToken = providerOf(vector).scheme.kind === 'token'
    return isToken && vector.type !== 'netlify' && !/library|livekit-server/.test(vector.source)
  })
  test.each(tokens)('refuses a token a day late and a day early: %s', async (_name, vector) => {
    expect(await at(vector, day)).toBe('timestamp_too_old')
    expect(await at(vector, -day)).toBe('timestamp_too_new')
  })

  test.each(timed)('never asks for a time whose signature is wrong: %s', async (_name, vector) => {
    const body = vector.body.replace(
      vector.covered ?? vector.body,
      changed(vector.covered ?? vector.body),
    )
    expect(await at({ ...vector, body }, 0)).not.toBe('verified')
  })

  test('passes up to the source’s own tolerance, where it has one', async () => {
    const [stripe] = vectors.filter(({ type }) => type === 'stripe')
    if (stripe === undefined) throw new Error('no vector')
    const strict = { ...stripe, config: { toleranceSeconds: '10' } }
    expect(await at(strict, 10_000)).toBe('verified')
    expect(await at(strict, 11_000)).toBe('timestamp_too_old')
    expect(await at(strict, -11_000)).toBe('timestamp_too_new')
  })
})

describe('secrets', () => {
  test.each(withKey)('any live one is enough while rotating: %s', async (_name, vector) => {
    const [secret = ''] = vector.secrets
    expect(await outcomeOf({ ...vector, secrets: [changed(secret), secret] })).toBe('verified')
    expect(await outcomeOf({ ...vector, secrets: [secret, changed(secret)] })).toBe('verified')
  })

  test.each(withKey)('none or an empty one refuses: %s', async (_name, vector) => {
    for (const secrets of [[], ['']]) {
      expect(await outcomeOf({ ...vector, secrets })).toBe('no_secret')
    }
  })

  test.each(cases)('no verification takes it as unverified: %s', async (_name, vector) => {
    const unsigned = { ...vector, headers: {}, secrets: [] }
    expect(await outcomeOf(unsigned, { noVerification: true })).toBe('unverified')
  })
})

test.each(cases)('details never hold the secret: %s', async (_name, vector) => {
  const { signature = '', secrets } = vector
  const verification = await verify(providerOf(vector), inputOf(withChanged(vector, signature)))
  const text = JSON.stringify(verification)
  const telling = secrets.filter((secret) => secret.length > 9)
  for (const secret of telling) expect(text).not.toContain(secret)
})
