import { describe, expect, it } from 'vitest'
import { withinDeadline } from './within-deadline.ts'

describe('withinDeadline', () => {
  it('answers what the promise comes to in time', async () => {
    expect(await withinDeadline(Promise.resolve('done'), 60_000, 'late')).toBe('done')
  })

  it('passes a failure on', async () => {
    await expect(withinDeadline(Promise.reject(new Error('broken')), 60_000, null)).rejects.toThrow(
      'broken',
    )
  })

  it('stops waiting at the deadline', async () => {
    expect(await withinDeadline(new Promise(() => undefined), 1, 'late')).toBe('late')
  })
})
