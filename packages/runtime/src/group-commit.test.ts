import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { GroupCommit, GroupCommitFullError, type GroupCommitOptions } from './group-commit.ts'

function setup(overrides: Partial<GroupCommitOptions<number, number>> = {}) {
  const batches: number[][] = []
  const group = new GroupCommit<number, number>({
    commit: async (items) => {
      batches.push([...items])
      if (items.includes(13)) throw new Error('poison')
      return items.map((item) => item * 2)
    },
    weigh: (item) => item,
    windowMs: 1,
    maxItems: 4,
    maxWeight: 1000,
    maxWaitingItems: 10,
    maxWaitingWeight: 1000,
    maxInFlight: 1,
    mayBlameOneItem: () => true,
    ...overrides,
  })
  return { group, batches }
}

describe('GroupCommit', () => {
  it('writes concurrent items in one batch and gives each caller its own result', async () => {
    const { group, batches } = setup()
    expect(await Promise.all([1, 2, 3].map((item) => group.add(item)))).toEqual([2, 4, 6])
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('bounds a batch by items and by weight', async () => {
    const { group, batches } = setup({ maxWeight: 5 })
    await Promise.all([1, 1, 1, 1, 1, 4, 4].map((item) => group.add(item)))
    expect(batches).toEqual([[1, 1, 1, 1], [1, 4], [4]])
  })

  it('lets a poison row hurt only itself', async () => {
    const { group } = setup()
    const results = await Promise.allSettled([1, 13, 3].map((item) => group.add(item)))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('fails the whole batch at once when no row is to blame', async () => {
    const { group, batches } = setup({ mayBlameOneItem: () => false })
    const results = await Promise.allSettled([1, 13, 3].map((item) => group.add(item)))
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(batches).toHaveLength(1)
  })

  it('refuses what would let the backlog grow without bound', async () => {
    const { group } = setup({ maxWaitingItems: 2 })
    const first = [group.add(1), group.add(2)]
    await expect(group.add(3)).rejects.toBeInstanceOf(GroupCommitFullError)
    expect(await Promise.all(first)).toEqual([2, 4])
  })

  it('waits longer for others while batches are big, and no longer for one that comes alone', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { group, batches } = setup({ maxItems: 8, busyWindowMs: 5 })
    const sizes = () => batches.map((batch) => batch.length)
    const written = [group.add(1)]
    await vi.advanceTimersByTimeAsync(1)
    expect(sizes()).toEqual([1])
    for (let i = 0; i < 8; i++) written.push(group.add(1))
    written.push(group.add(1))
    await vi.advanceTimersByTimeAsync(4)
    expect(sizes()).toEqual([1, 8])
    await vi.advanceTimersByTimeAsync(1)
    expect(sizes()).toEqual([1, 8, 1])
    expect(await Promise.all(written)).toHaveLength(10)
  })

  it('writes many that wait when a write ends before those of that write are answered, if it shall', async () => {
    const happened: string[] = []
    const { group } = setup({
      startsNextAtOnce: true,
      maxItems: 8,
      async commit(items) {
        happened.push(`write ${items.length}`)
        return items
      },
    })
    const eight = () => Array.from({ length: 8 }, () => group.add(1))
    const first = eight()
    const next = eight()
    void first[7]?.then(() => setImmediate(() => happened.push('answered')))
    await Promise.all([...first, ...next])
    expect(happened).toEqual(['write 8', 'write 8'])
  })

  it('lets an item that has time wait for others, but none of them wait for it', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { group, batches } = setup()
    const written = [group.add(1, 100)]
    await vi.advanceTimersByTimeAsync(99)
    expect(batches).toEqual([])
    written.push(group.add(2, 100))
    await vi.advanceTimersByTimeAsync(1)
    expect(batches).toEqual([[1, 2]])
    written.push(group.add(3, 100), group.add(4))
    await vi.advanceTimersByTimeAsync(1)
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(await Promise.all(written)).toEqual([2, 4, 6, 8])
  })

  it('writes all that waits before it is disposed of', async () => {
    const { group, batches } = setup({ windowMs: 60_000 })
    const results = Promise.all([1, 2].map((item) => group.add(item)))
    await group[Symbol.asyncDispose]()
    expect(batches).toEqual([[1, 2]])
    expect(await results).toEqual([2, 4])
  })
})
