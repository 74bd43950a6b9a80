import { expect, it } from 'vitest'
import { checkCron, countTicks, nextTickMs } from './schedule.ts'

function ticks(schedule: string, timezone: string, from: string): string[] {
  const found: string[] = []
  for (let atMs = Date.parse(from); found.length < 3;) {
    const next = nextTickMs({ schedule, timezone }, atMs)
    if (next === null) break
    found.push(new Date(next).toISOString().slice(0, 16))
    atMs = next
  }
  return found
}

it.each([
  [
    'keeps the hour of its zone when clocks go forward',
    '0 9 * * *',
    'America/New_York',
    '2026-03-07T00:00Z',
    ['2026-03-07T14:00', '2026-03-08T13:00', '2026-03-09T13:00'],
  ],
  [
    'ticks at the end of the gap when its time doesn’t exist',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-28T00:00Z',
    ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
  ],
  [
    'ticks once when its time comes twice',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-24T00:00Z',
    ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
  ],
  [
    'ticks through a night with one hour more',
    '0 * * * *',
    'Europe/Berlin',
    '2026-10-24T23:30Z',
    ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00'],
  ],
  ['ends when no day fits any more', '0 0 30 2 *', 'UTC', '2026-01-01T00:00Z', []],
] as const)('%s', (...[, schedule, timezone, from, expected]) => {
  expect(ticks(schedule, timezone, from)).toEqual(expected)
})

it('counts the ticks of a time span, up to 1,000', () => {
  const minutely = { schedule: '* * * * *', timezone: 'UTC' }
  const fromMs = Date.UTC(2026, 0, 1)
  expect(countTicks(minutely, { fromMs, toMs: fromMs })).toBe(1)
  expect(countTicks(minutely, { fromMs, toMs: fromMs + 10 * 60_000 })).toBe(11)
  expect(countTicks(minutely, { fromMs, toMs: fromMs + 86_400_000 })).toBe(1_000)
})

it.each([
  [{ schedule: '* * * * * *' }, 'schedule'],
  [{ schedule: 'x' }, 'schedule'],
  [{ schedule: '0 0 * * *', timezone: 'Mars/Olympus' }, 'timezone'],
  [{ schedule: '0 0 * * *', missed: 'often' }, 'missed'],
])('finds the fault of %j', (config, field) => {
  expect(checkCron(config)).toMatchObject([{ field }])
})
