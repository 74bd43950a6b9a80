import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { commandOf } from '../measure/cpu.ts'
import { startCommand, waitForChild } from './child.ts'
import { freePort } from './free-port.ts'

export type BenchRedis = AsyncDisposable & { url: string; version: string; pids: number[] }

/** Null where there is no REDIS_URL and no redis-server to start: the arrangements on Redis are then left out. */
export async function openBenchRedis(redisUrl: string | null): Promise<BenchRedis | null> {
  if (redisUrl !== null) return inspectRedis(redisUrl, async () => {})
  try {
    return await startPrivateRedis()
  } catch {
    return null
  }
}

async function startPrivateRedis(): Promise<BenchRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'posthorn-bench-redis-'))
  const port = await freePort()
  const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...durability]
  const server = startCommand({ file: 'redis-server', args })
  const url = `redis://127.0.0.1:${port}`
  const stop = async () => {
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitForChild(server, () => answersPing(url))
    return await inspectRedis(url, stop)
  } catch (err) {
    await stop()
    throw err
  }
}

async function inspectRedis(url: string, stop: () => Promise<void>): Promise<BenchRedis> {
  const client = new Redis(url)
  const info = await client.info('server')
  client.disconnect()
  const pid = Number(/process_id:(\d+)/.exec(info)?.[1] ?? 0)
  const isLocal = commandOf(pid)?.includes('redis') === true
  return {
    url,
    version: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown',
    pids: isLocal ? [pid] : [],
    [Symbol.asyncDispose]: stop,
  }
}

async function answersPing(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
