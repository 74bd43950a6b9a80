import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Receiver } from '@posthorn/test-kit'

const COMMIT_EVERY_MS = 10
const A_COMMIT = `SELECT pg_logical_emit_message(true, 'watch-rate', '')`

interface Queryable {
  query(sql: string): Promise<unknown>
}

/**
 * Counts what arrives in any second: limit + 1 at most. Sender, receiver and database share this machine, so
 * what a stall of them bunches together is allowed on top: at 10 a second one request for each 100 ms of the
 * process's longest stall and the database's longest commit together, nothing for shorter ones. Without any
 * allowance, with a receiver apart: `npm run bench -- paced`.
 */
export function watchRate(receiver: Receiver, limit: number, db: Queryable) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const commits = watchCommits(db)
  return {
    most: () => mostInASecond(receiver.requests.map((request) => request.atMs)),
    allowed: () => limit + 1 + Math.floor((limit * (delay.max / 1e6 + commits.longestMs())) / 1000),
    async [Symbol.asyncDispose]() {
      delay.disable()
      await commits[Symbol.asyncDispose]()
    },
  }
}

function watchCommits(db: Queryable) {
  let longestMs = 0
  let isWatching = true
  const watch = async () => {
    while (isWatching) {
      const beganAtMs = performance.now()
      await db.query(A_COMMIT)
      longestMs = Math.max(longestMs, performance.now() - beganAtMs)
      await pause(COMMIT_EVERY_MS)
    }
  }
  const watched = watch()
  return {
    longestMs: () => longestMs,
    async [Symbol.asyncDispose]() {
      isWatching = false
      await watched
    },
  }
}

function mostInASecond(atMs: readonly number[]): number {
  return Math.max(
    ...atMs.map((start) => atMs.filter((at) => at >= start && at < start + 1000).length),
  )
}
