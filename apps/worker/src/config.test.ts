import { expect, it } from 'vitest'
import { loadWorkerConfig } from './config.ts'

it('retries in production, unless it is told otherwise, as customers are told', () => {
  const { retrySchedule } = loadWorkerConfig({
    POSTHORN_MODE: 'production',
    DATABASE_URL: 'postgres://localhost/posthorn',
    POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
  }).delivery
  expect(retrySchedule).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000])
})
