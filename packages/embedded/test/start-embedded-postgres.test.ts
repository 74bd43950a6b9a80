import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { findRunningServer, startEmbeddedPostgres } from '../src/index.ts'

async function setup() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  return {
    dataFolder,
    start: async (port?: number) =>
      startEmbeddedPostgres({
        dataFolder,
        log: () => undefined,
        ...(port !== undefined && { port }),
      }),
    [Symbol.asyncDispose]: async () => rm(dataFolder, { recursive: true, force: true }),
  }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows }: { rows: unknown[] } = await client.query({ text: sql, rowMode: 'array' })
    return rows
  } finally {
    await client.end()
  }
}

const script = (dataFolder: string): string => `
  import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('../src/index.ts'))}
  const dataFolder = ${JSON.stringify(dataFolder)}
  const postgres = await startEmbeddedPostgres({ dataFolder, log: () => {} })
  console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }))
  setInterval(() => {}, 1000)`

async function startInAnotherProcess(dataFolder: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(dataFolder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  const ended = once(lines, 'close').then(() => {
    throw new Error('The other process ended before it was ready.')
  })
  const [line]: string[] = await Promise.race([once(lines, 'line'), ended])
  const { url, pid }: { url: string; pid: number } = JSON.parse(line ?? '')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { url, pid, kill }
}

describe('startEmbeddedPostgres', () => {
  it('gives a UTF-8 database that keeps what was committed, by TCP and by socket', async () => {
    await using folder = await setup()
    {
      await using postgres = await folder.start()
      await query(postgres.url, `create table t as select 'Ärger 😊' as word`)
      const settings = await query(
        postgres.socketUrl,
        `select current_setting('server_encoding'), current_setting('fsync'), current_setting('synchronous_commit'), inet_server_addr()`,
      )
      expect(settings).toEqual([['UTF8', 'on', 'on', null]])
      expect(findRunningServer(folder.dataFolder)).toMatchObject({ url: postgres.url })
    }
    expect(findRunningServer(folder.dataFolder)).toBeNull()
    await using postgres = await folder.start()
    expect(await query(postgres.url, 'select word from t')).toEqual([['Ärger 😊']])
  })

  it('has the next files of its log before the first commit, so that none waits for one', async () => {
    await using folder = await setup()
    await using postgres = await folder.start()
    const ahead = `SELECT count(*)::int FROM pg_ls_waldir() WHERE name > pg_walfile_name(pg_current_wal_lsn())`
    const [[files] = []] = (await query(postgres.url, ahead)) as number[][]
    expect(files).toBeGreaterThanOrEqual(15)
  })

  it('starts after kill -9 of its owner, which leaves the server behind', async () => {
    await using folder = await setup()
    const killed = await startInAnotherProcess(folder.dataFolder)
    await query(killed.url, 'create table t as select 1 as n')
    await killed.kill()
    await using postgres = await folder.start()
    expect(postgres.pid).not.toBe(killed.pid)
    expect(await query(postgres.url, 'select n from t')).toEqual([[1]])
  })

  it('starts after kill -9 of everything, a busy server included', async () => {
    await using folder = await setup()
    const killed = await startInAnotherProcess(folder.dataFolder)
    await query(killed.url, 'create table t as select 1 as n')
    const busy = query(killed.url, 'select pg_sleep(60)').catch(() => 'cut off')
    process.kill(killed.pid, 'SIGKILL')
    await killed.kill()
    await using postgres = await folder.start()
    expect(await query(postgres.url, 'select n from t')).toEqual([[1]])
    expect(await busy).toBe('cut off')
  })

  it('revives a server that was killed, on the same port', async () => {
    await using folder = await setup()
    await using postgres = await folder.start()
    expect(await postgres.reviveIfDead()).toBe(false)
    process.kill(postgres.pid, 'SIGKILL')
    await expect.poll(async () => postgres.reviveIfDead(), { timeout: 15_000 }).toBe(true)
    expect(await query(postgres.url, 'select 1')).toEqual([[1]])
  })

  it('says in one line that another process has the folder', async () => {
    await using folder = await setup()
    const other = await startInAnotherProcess(folder.dataFolder)
    await expect(folder.start()).rejects.toThrow(
      /^Posthorn already runs on this data folder: [^\n]+$/,
    )
    await other.kill()
    await using _postgres = await folder.start()
  })

  it('waits for an owner that has announced its stop', async () => {
    await using folder = await setup()
    const first = await folder.start()
    first.announceStop()
    const second = folder.start()
    await first.stop()
    await using _postgres = await second
  })

  it('says in one line that the port is taken, and gives the folder free again', async () => {
    await using folder = await setup()
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const address = squatter.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(folder.start(port)).rejects.toThrow(
      /^Port \d+ of 127.0.0.1, meant for Postgres, is taken\.$/,
    )
    squatter.close()
    await using _postgres = await folder.start(port)
  })
})
