import { createHmac } from 'node:crypto'
import { verify, type VerifyInput } from '../src/index.ts'
import { type OriginVector, providerOf, vectors } from './vector.ts'

export function vectorOf(type: string, fits: (vector: OriginVector) => boolean = () => true) {
  const found = vectors.find((vector) => vector.type === type && fits(vector))
  if (found === undefined) throw new Error(`no vector of ${type}`)
  return found
}

export function send(type: string, changes: Partial<VerifyInput> = {}) {
  return verify(providerOf({ type }), {
    rawBody: Buffer.from('{}'),
    method: 'POST',
    url: 'https://hooks.example.com/in/abc',
    headers: {},
    config: {},
    secrets: ['a-secret'],
    now: new Date('2026-11-26T12:00:00Z'),
    ...changes,
  })
}

export const hexOf = (body: string) => createHmac('sha256', 'a-secret').update(body).digest('hex')
