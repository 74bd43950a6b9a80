import { createHmac } from 'node:crypto'
import { answerHandshake, type VerifyInput } from '../src/index.ts'
import { providerOf } from './vector.ts'

export const now = new Date('2026-11-26T12:00:00Z')
export const seconds = String(now.getTime() / 1000)
export const secret = 'secret-of-the-source-0123456789'
export const base = 'https://hooks.example.com/in/abc'

export function hmac(text: string, algorithm = 'sha256', key = secret) {
  return createHmac(algorithm, key).update(text)
}

interface Asked {
  method?: string
  query?: string
  body?: string
  headers?: Record<string, string>
  config?: VerifyInput['config']
  secrets?: string[]
  noVerification?: boolean
}

export async function ask(type: string, asked: Asked) {
  const { method = 'GET', query = '', body = '', headers = {}, config = {} } = asked
  const secrets = asked.secrets ?? [secret]
  const url = query === '' ? base : `${base}?${query}`
  return answerHandshake(providerOf({ type }), {
    rawBody: Buffer.from(body),
    method,
    url,
    headers,
    config,
    secrets,
    now,
    ...(asked.noVerification && { noVerification: true }),
  })
}
