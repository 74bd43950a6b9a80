import { once } from 'node:events'
import { createServer } from 'node:net'
import { freePort, startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { EXIT_REFUSED } from '../src/command-error.ts'
import { type Run, setup } from './cli-setup.ts'

const WORKER = { POSTHORN_ROLES: 'worker' }
const SECRETS = {
  POSTHORN_JWT_SECRET: 'a-signing-secret-that-is-long-enough',
  POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
}

/** A port that somebody else listens at. */
async function squat() {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { port, [Symbol.dispose]: () => void squatter.close() }
}

/** What was said to whoever started it. */
function saidBy(run: Run): string[] {
  return run
    .output()
    .split('\n')
    .filter((line) => line.startsWith('posthorn: '))
    .map((line) => line.slice('posthorn: '.length))
}

/** Each of them on a line of its own, and no other. */
function expectSettings(lines: readonly string[], settings: readonly string[]): void {
  const named = lines.map((line) => line.split(':')[0] ?? '')
  expect(named.toSorted((a, b) => a.localeCompare(b))).toEqual(settings)
}

async function refused(settings: Record<string, string>): Promise<string[]> {
  await using cli = await setup(settings)
  const run = cli.posthorn('start')
  expect(await run.ended).toEqual([1, null])
  expect(run.output()).not.toContain('starting it again')
  return saidBy(run)
}

const taken = (port: number, setting: string) =>
  `Port ${port} of 127.0.0.1 is taken: stop what listens there, or set ${setting} to another one.`

describe('a start on data that are in use', () => {
  it('says in one line that Posthorn already runs there', async () => {
    await using cli = await setup(WORKER)
    await cli.start()
    const second = cli.posthorn('start')
    expect(await second.ended).toEqual([1, null])
    expect(second.output()).toMatch(
      /^posthorn: Posthorn already runs on this data folder: [^\n]+\n$/,
    )
  })
})

describe('taken ports', () => {
  it('are all named, each with its setting', async () => {
    using api = await squat()
    using ingest = await squat()
    using worker = await squat()
    using inbox = await squat()
    const ports = {
      PORT: api.port,
      POSTHORN_INGEST_PORT: ingest.port,
      POSTHORN_WORKER_PORT: worker.port,
      POSTHORN_INBOX_PORT: inbox.port,
    }
    const settings = Object.entries(ports).map(([name, port]) => [name, String(port)])
    const said = await refused({
      ...Object.fromEntries(settings),
      POSTHORN_ROLES: 'api,worker;ingest',
    })
    const expected = Object.entries(ports).map(([name, port]) => taken(port, name))
    expect(new Set(said)).toEqual(new Set(expected))
    expect(said).toHaveLength(expected.length)
  })

  it('of roles that are not run are nobody else’s concern', async () => {
    using api = await squat()
    using ingest = await squat()
    await using cli = await setup({
      ...WORKER,
      PORT: String(api.port),
      POSTHORN_INGEST_PORT: String(ingest.port),
    })
    await cli.start()
  })

  it('are those as well that two of our own would listen at', async () => {
    const port = String(await freePort())
    expect(await refused({ PORT: port, POSTHORN_INGEST_PORT: port })).toEqual([
      `POSTHORN_INGEST_PORT: is ${port}, as PORT is`,
    ])
    expect(await refused({ POSTHORN_ROLES: 'worker;worker', POSTHORN_WORKER_PORT: port })).toEqual([
      `POSTHORN_ROLES: two processes would listen at POSTHORN_WORKER_PORT, ${port}`,
    ])
  })

  it('are named by processes with one role, too', async () => {
    await using database = await startTestDatabase()
    using squatter = await squat()
    const port = String(squatter.port)
    const settingOf = {
      api: 'PORT',
      ingest: 'POSTHORN_INGEST_PORT',
      worker: 'POSTHORN_WORKER_PORT',
    }
    const runs = Object.entries(settingOf).map(async ([role, setting]) => {
      const settings = { HOST: '127.0.0.1', DATABASE_URL: database.url, [setting]: port }
      await using cli = await setup({ ...SECRETS, ...settings })
      const run = cli.posthorn('run', role)
      expect(await run.ended).toEqual([EXIT_REFUSED, null])
      expect(saidBy(run)).toEqual([
        `Port ${port} is taken: stop what listens there, or set ${setting} to another one.`,
      ])
    })
    await Promise.all(runs)
  })
})

describe('broken settings', () => {
  it('are all named at once, those that only a role reads too', async () => {
    const said = await refused({
      PORT: 'x',
      POSTHORN_RETRY_SCHEDULE: 'soon',
      POSTHORN_PUBLIC_URL: 'here',
      POSTHORN_INGEST_SOURCE_RATE: 'much',
      POSTHORN_WORKER_PORT: '70000',
    })
    expectSettings(said, [
      'PORT',
      'POSTHORN_INGEST_SOURCE_RATE',
      'POSTHORN_PUBLIC_URL',
      'POSTHORN_RETRY_SCHEDULE',
      'POSTHORN_WORKER_PORT',
    ])
  })

  it('of roles alone are named once, however many processes read them', async () => {
    const said = await refused({
      POSTHORN_ROLES: 'api;worker;worker;ingest',
      POSTHORN_RETRY_SCHEDULE: 'soon',
      POSTHORN_ENCRYPTION_KEYS: 'short',
      POSTHORN_OPENID_ISSUER: 'https://id.example.com',
      POSTHORN_SMTP_URL: 'mail.example.com',
    })
    expectSettings(said, [
      'POSTHORN_ENCRYPTION_KEYS',
      'POSTHORN_OPENID_CLIENT_ID',
      'POSTHORN_OPENID_CLIENT_SECRET',
      'POSTHORN_RETRY_SCHEDULE',
      'POSTHORN_SMTP_FROM',
      'POSTHORN_SMTP_URL',
    ])
  })

  it('of one process are named beside what production has to be given', async () => {
    await using cli = await setup({ POSTHORN_MODE: 'production', POSTHORN_BREAKER_AFTER: 'never' })
    const run = cli.posthorn('run', 'worker')
    expect(await run.ended).toEqual([1, null])
    expectSettings(saidBy(run), [
      'DATABASE_URL',
      'POSTHORN_BREAKER_AFTER',
      'POSTHORN_ENCRYPTION_KEYS',
      'POSTHORN_JWT_SECRET',
    ])
  })
})
