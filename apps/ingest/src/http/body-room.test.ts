import { expect, it } from 'vitest'
import { BodyRoom } from './body-room.ts'

const MB = 1024 * 1024

it('gives a source one big body at a time, and others theirs beside it', () => {
  const room = new BodyRoom()
  using first = room.enter('a')
  using second = room.enter('a')
  using other = room.enter('b')
  expect(first.grow(3 * MB)).toBe(true)
  expect(second.hasRoom(3 * MB)).toBe(false)
  expect([second.grow(MB), second.grow(2 * MB)]).toEqual([true, false])
  expect(other.grow(3 * MB)).toBe(true)
})

it('gives a source no more than its share, so that many bodies just below big leave room to others', () => {
  const room = new BodyRoom()
  const taken = Array.from({ length: 130 }, () => room.enter('a').grow(2 * MB - 1))
  expect(taken.filter(Boolean)).toHaveLength(16)
  expect(room.enter('b').grow(2 * MB - 1)).toBe(true)
})

it('holds 64 MB altogether', () => {
  const room = new BodyRoom()
  const taken = Array.from({ length: 130 }, (_, n) => room.enter(`${n}`).grow(MB))
  expect(taken.filter(Boolean)).toHaveLength(64)
})

it('takes back what a body had', () => {
  const room = new BodyRoom()
  for (let n = 0; n < 100; n++) {
    using place = room.enter('a')
    expect(place.grow(20 * MB)).toBe(true)
  }
})
