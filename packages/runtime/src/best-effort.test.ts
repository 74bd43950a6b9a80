import { expect, it } from 'vitest'
import { bestEffort } from './best-effort.ts'
import { createLogger } from './logger.ts'

it('swallows a rejection and logs it once with what was tried', async () => {
  const lines: string[] = []
  const logger = createLogger({ name: 't', destination: { write: (line) => lines.push(line) } })
  await bestEffort('invalidate endpoint cache', Promise.reject(new Error('gone')), logger)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('"what":"invalidate endpoint cache"')
  expect(lines[0]).toContain('best_effort.failed')
})
