import type { TaskRow } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { taskProgress } from './task-progress.ts'

const START = new Date('2026-03-01T12:00:00Z')
const secondsIn = (seconds: number) => new Date(START.getTime() + seconds * 1_000)
const HOUR = 3_600
const window = {
  since: secondsIn(-2 * HOUR).toISOString(),
  until: secondsIn(-HOUR).toISOString(),
}
const messageAt = (share: number) =>
  firstIdAt('msg_', secondsIn(-2 * HOUR + share * HOUR).getTime())

const running: TaskRow = {
  id: 'qtask_1',
  orgId: 'org_1',
  appId: 'app_1',
  endpointId: 'ep_1',
  type: 'endpoint.recover',
  status: 'running',
  input: window,
  cursor: null,
  done: 0,
  skipped: 0,
  total: null,
  failures: 0,
  error: null,
  actor: 'token:1',
  leasedUntil: null,
  canceledAt: null,
  pausedAt: null,
  resumedAt: null,
  resumedDone: 0,
  resumedFraction: 0,
  createdAt: START,
  updatedAt: START,
}
const paceOf = (task: Partial<TaskRow>) => taskProgress({ ...running, ...task }).pace

describe('the pace of a task', () => {
  it('is what it dealt with a second, and what is left of its total at that', () => {
    const task = { done: 180, skipped: 20, total: 1_000, updatedAt: secondsIn(10) }
    expect(paceOf(task)).toEqual({ perSecond: 20, secondsLeft: 40 })
  })

  it('goes by how far it is through its window where nothing was counted', () => {
    const task = { done: 5_000, cursor: messageAt(0.25), updatedAt: secondsIn(100) }
    expect(paceOf(task)).toEqual({ perSecond: 50, secondsLeft: 300 })
  })

  it('leaves out the time before it was let go on', () => {
    const task = {
      done: 300,
      total: 500,
      resumedAt: secondsIn(1_000),
      resumedDone: 100,
      updatedAt: secondsIn(1_010),
    }
    expect(paceOf(task)).toEqual({ perSecond: 20, secondsLeft: 10 })
  })

  it('is not told before anything was done, while it is held, or when it has ended', () => {
    const task = { done: 100, total: 200, updatedAt: secondsIn(10) }
    expect(paceOf({ updatedAt: secondsIn(10) })).toBeNull()
    expect(paceOf({ done: 10 })).toBeNull()
    expect(paceOf({ ...task, pausedAt: secondsIn(9) })).toBeNull()
    expect(paceOf({ ...task, status: 'failed' })).toBeNull()
    expect(paceOf({ ...task, status: 'finished' })).toBeNull()
  })
})

describe('how far a task over many endpoints is', () => {
  const many = { ...running, endpointId: null, appId: null }
  const fractionOf = (input: object, cursor: string | null) =>
    taskProgress({ ...many, input: { ...window, ...input }, cursor }).fraction

  it('counts those that are finished, and the others by how far each is', () => {
    const unfinished = [['app_1/ep_1', messageAt(0.5)] as const, ['app_1/ep_2', null] as const]
    const progress = { unfinished, finished: 1, after: 'ep_3', isAll: false }
    const input = { selection: 'host:a.example.com', found: 6 }
    expect(fractionOf(input, JSON.stringify(progress))).toBeCloseTo(0.25)
    expect(fractionOf(input, null)).toBe(0)
  })

  it('reads what a task wrote before endpoints were taken in by batches', () => {
    const input = { selection: 'endpoints', targets: ['a/ep_1', 'a/ep_2', 'a/ep_3', 'a/ep_4'] }
    expect(fractionOf(input, JSON.stringify([[2, null]]))).toBe(0.75)
  })
})
